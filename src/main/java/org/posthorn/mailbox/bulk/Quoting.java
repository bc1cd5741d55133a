package org.posthorn.mailbox.bulk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** How a file keeps lines of a message that begin with {@code From } apart from the line that begins the next message. */
public enum Quoting {
    /** Every such line got a {@code >}, and each that had some one more: nothing is lost. */
    MBOXRD,
    /** Only a line that begins with {@code From } itself got a {@code >}. */
    MBOXO,
    /** The file holds one message as it is. */
    NONE;

    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    /** The name in commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a piece begins a message of a file of several. */
    static boolean isSeparator(FilePieces.Piece piece) {
        return piece.begins() && hasFrom(piece.bytes(), 0);
    }

    /** The bytes as they go over the wire: as they were before they were quoted, with CRLF as line end. */
    byte[] original(FilePieces.Piece piece) {
        byte[] bytes = piece.bytes();
        int start = piece.begins() && isQuoted(bytes) ? 1 : 0;
        int end = bytes.length;
        boolean bareLf = bytes[end - 1] == '\n' && (end == 1 || bytes[end - 2] != '\r');
        if (!bareLf) {
            return Arrays.copyOfRange(bytes, start, end);
        }
        byte[] original = Arrays.copyOfRange(bytes, start, end + 1);
        original[original.length - 2] = '\r';
        original[original.length - 1] = '\n';
        return original;
    }

    private boolean isQuoted(byte[] bytes) {
        int marks = 0;
        while (marks < bytes.length && bytes[marks] == '>') {
            marks++;
        }
        return switch (this) {
            case MBOXRD -> marks > 0 && hasFrom(bytes, marks);
            case MBOXO -> marks == 1 && hasFrom(bytes, marks);
            case NONE -> false;
        };
    }

    private static boolean hasFrom(byte[] bytes, int at) {
        return bytes.length >= at + FROM.length && Arrays.equals(bytes, at, at + FROM.length, FROM, 0, FROM.length);
    }
}
