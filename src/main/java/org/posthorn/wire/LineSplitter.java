package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Splits the bytes of one direction in lines that end with LF or CRLF. Of a line longer than {@link #MOST_KEPT} bytes the
 * head is kept, and its end when that announces an IMAP literal, so that memory stays bounded whatever a server sends.
 */
final class LineSplitter {
    /** Bytes of a line that are kept. */
    static final int MOST_KEPT = 96 * 1024;

    private static final int FIRST_SIZE = 128;
    private static final int LINE_END = 2;

    private byte[] kept = new byte[FIRST_SIZE];
    private int size;
    private final byte[] tail = new byte[ImapLiteral.LONGEST + LINE_END];
    private long total;

    /** Where the lines go. */
    interface Lines {
        /**
         * Takes a line.
         *
         * @param line the text of the line without its end
         * @param length the bytes of the line, its end included
         */
        void line(String line, int length);
    }

    void feed(byte[] bytes, int offset, int length, Lines lines) {
        int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i + 1 - from);
                finish(lines);
                from = i + 1;
            }
        }
        keep(bytes, from, end - from);
    }

    void flush(Lines lines) {
        if (total > 0) {
            finish(lines);
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int room = Math.min(length, MOST_KEPT - size);
        if (size + room > kept.length) {
            kept = Arrays.copyOf(kept, Math.clamp(2L * (size + room), FIRST_SIZE, MOST_KEPT));
        }
        System.arraycopy(bytes, offset, kept, size, room);
        size += room;
        total += length;
        int fresh = Math.min(length, tail.length);
        System.arraycopy(tail, fresh, tail, 0, tail.length - fresh);
        System.arraycopy(bytes, offset + length - fresh, tail, tail.length - fresh, fresh);
    }

    private void finish(Lines lines) {
        String line = size < total
                ? WireText.decode(kept, 0, size) + announcement()
                : WireText.decode(kept, 0, size - endLength(kept, size));
        int length = (int) Math.min(Integer.MAX_VALUE, total);
        size = 0;
        total = 0;
        lines.line(line, length);
    }

    private String announcement() {
        String end = new String(tail, 0, tail.length - endLength(tail, tail.length), ISO_8859_1);
        return ImapLiteral.at(end).map(ImapLiteral::text).orElse("");
    }

    private static int endLength(byte[] bytes, int size) {
        if (size == 0 || bytes[size - 1] != '\n') {
            return 0;
        }
        return size > 1 && bytes[size - 2] == '\r' ? 2 : 1;
    }
}
