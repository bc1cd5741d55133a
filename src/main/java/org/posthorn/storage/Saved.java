package org.posthorn.storage;

import java.util.List;

/** What came of saving. */
public sealed interface Saved {

    /**
     * It is on disk.
     *
     * @param accounts all accounts of the file, with what other programs have written meanwhile
     * @param sentence what a person has to be told; empty when there is nothing
     */
    record Written(List<SavedAccount> accounts, String sentence) implements Saved {
        public Written {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * It is not, and the file is as it was.
     *
     * @param sentence why, and what to do
     */
    record Refused(String sentence) implements Saved {}
}
