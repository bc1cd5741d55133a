package org.posthorn.storage;

import java.util.List;

/** What came of opening the account file. */
public sealed interface Opened {

    /** The accounts that could be read. */
    List<SavedAccount> accounts();

    /** What a person has to be told; empty when there is nothing. */
    default String sentence() {
        return "";
    }

    /** All of them. A file that does not exist holds none. */
    record Complete(List<SavedAccount> accounts) implements Opened {
        public Complete {
            accounts = List.copyOf(accounts);
        }
    }

    /** Some entries could not be read; they stay in the file as they are. */
    record Partial(List<SavedAccount> accounts, String sentence) implements Opened {
        public Partial {
            accounts = List.copyOf(accounts);
        }
    }

    /** Written by a later version: it can be looked at, and nothing is written to it. */
    record ReadOnly(List<SavedAccount> accounts, String sentence) implements Opened {
        public ReadOnly {
            accounts = List.copyOf(accounts);
        }
    }

    /** The file could not be read; it is as it was. */
    record Unreadable(String sentence) implements Opened {
        @Override
        public List<SavedAccount> accounts() {
            return List.of();
        }
    }
}
