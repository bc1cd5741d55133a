package org.posthorn.desktop.viewmodel.log;

/**
 * A range of lines by sequence number, from an anchor to a caret, both included. Kept by sequence number so that it
 * survives a change of the filter.
 */
public final class LogSelection {
    private static final long NOTHING = -1;

    private final Runnable changed;
    private long anchor = NOTHING;
    private long caret = NOTHING;

    LogSelection(Runnable changed) {
        this.changed = changed;
    }

    public boolean isEmpty() {
        return caret == NOTHING;
    }

    public boolean contains(long sequence) {
        return !isEmpty() && sequence >= first() && sequence <= last();
    }

    /** The line that keyboard movements start from; meaningless while nothing is selected. */
    public long caret() {
        return caret;
    }

    public long first() {
        return Math.min(anchor, caret);
    }

    public long last() {
        return Math.max(anchor, caret);
    }

    public void clear() {
        select(NOTHING, NOTHING);
    }

    public void select(long sequence) {
        select(sequence, sequence);
    }

    public void select(long from, long to) {
        anchor = from;
        caret = to;
        changed.run();
    }

    /** Moves the caret and leaves the anchor, or sets both when nothing is selected. */
    public void extend(long sequence) {
        select(isEmpty() ? sequence : anchor, sequence);
    }
}
