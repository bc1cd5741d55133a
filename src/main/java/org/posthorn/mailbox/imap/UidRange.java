package org.posthorn.mailbox.imap;

/** The UIDs from one to another, both included. */
public record UidRange(long from, long to) {
    /** RFC 9051 §9: a non-zero unsigned number of 32 bits. */
    public static final long LARGEST = 0xffff_ffffL;

    public boolean contains(long uid) {
        return uid >= from && uid <= to;
    }

    /** As it stands in a command. A star as the end would name the last message also where it lies before the range. */
    public String set() {
        return from + ":" + to;
    }
}
