package org.posthorn.wire;

/** Where a line of the log comes from. */
public enum Direction {
    /** A line this client sent. */
    CLIENT("C"),
    /** A line the server sent. */
    SERVER("S"),
    /** A TLS record below the lines. */
    TLS("T"),
    /** A state change or a remark of Posthorn's own. */
    STATE("•");

    private final String mark;

    Direction(String mark) {
        this.mark = mark;
    }

    /** The one-letter mark in the log. */
    public String mark() {
        return mark;
    }
}
