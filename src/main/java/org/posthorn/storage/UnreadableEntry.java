package org.posthorn.storage;

/** An entry of the file that cannot be understood; the message says which and why. */
final class UnreadableEntry extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEntry(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
