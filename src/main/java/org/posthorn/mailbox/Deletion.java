package org.posthorn.mailbox;

import java.util.Locale;

/** What became of a test message that was found. */
public enum Deletion {
    DELETED("deleted"),
    /** Marked, since without UIDPLUS only all marked messages together could be removed (RFC 4315 §2.1). */
    MARKED("marked as deleted and left, since the server cannot remove one message alone (no UIDPLUS)"),
    /** The server refused it. */
    REFUSED("not deleted: the server refused"),
    /** As was asked. */
    KEPT("left, as asked"),
    /** Nothing in the mailbox is to be changed. */
    READ_ONLY("left, since the mailbox is read-only");

    private final String words;

    Deletion(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The name in JSON. */
    public String word() {
        return switch (this) {
            case READ_ONLY -> "readOnly";
            case DELETED, MARKED, REFUSED, KEPT -> name().toLowerCase(Locale.ROOT);
        };
    }
}
