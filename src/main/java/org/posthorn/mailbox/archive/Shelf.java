package org.posthorn.mailbox.archive;

import java.io.Closeable;
import java.io.IOException;

/** Where the messages of one mail folder lie. Used by one thread at a time. */
sealed interface Shelf extends Closeable permits MboxShelf, MaildirShelf {
    boolean holds(String key);

    /** Adds a message wholly, or in such a way that the next opening takes back what there is of it. */
    void add(Arrival arrival, Spool content) throws IOException;
}
