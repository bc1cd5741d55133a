package org.posthorn.transport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines ended by LF, with or without CR before it, and counted runs of bytes, never more than its caps. What was read
 * ahead stays here and can be asked for: bytes that arrive before a TLS handshake must not be lost from sight.
 */
final class LineReader {
    private static final int BUFFER_SIZE = 8192;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private long allowance = Long.MAX_VALUE;
    private long allowed = Long.MAX_VALUE;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** More came than the cap allows. */
    static final class CapExceeded extends IOException {
        private static final long serialVersionUID = 1L;
        private final String what;
        private final long cap;

        CapExceeded(String what, long cap) {
            super(what);
            this.what = what;
            this.cap = cap;
        }

        String what() {
            return what;
        }

        long cap() {
            return cap;
        }
    }

    /** From here on at most so many bytes are read, until the next call. */
    void allow(long bytes) {
        allowance = bytes;
        allowed = bytes;
    }

    /** The next line without its end. */
    byte[] line(int cap) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (!takeOfLine(line, cap + 1L - line.size())) {
            if (line.size() > cap) {
                throw new CapExceeded("a line", cap);
            }
        }
        return withoutEnd(line.toByteArray());
    }

    /** Exactly so many bytes. */
    byte[] bytes(int count) throws IOException {
        if (count > allowance) {
            throw new CapExceeded("a reply", allowed);
        }
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            done += take(bytes, done);
        }
        allowance -= count;
        return bytes;
    }

    /** A line with its end, as it came, or the first so many bytes of one. */
    byte[] piece(int most) throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        boolean ended;
        do {
            ended = takeOfLine(piece, most - piece.size());
        } while (!ended && piece.size() < most);
        return piece.toByteArray();
    }

    /** Everything up to the end of the stream. */
    byte[] rest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (position < limit || fills()) {
            takeOfLine(bytes, Long.MAX_VALUE);
        }
        return bytes.toByteArray();
    }

    /** What was read from the connection and not asked for yet. */
    byte[] readAhead() {
        return Arrays.copyOfRange(buffer, position, limit);
    }

    /** Takes what is there of a line, at most so many bytes; returns whether the end of the line is with it. */
    private boolean takeOfLine(ByteArrayOutputStream to, long most) throws IOException {
        if (position == limit) {
            fill();
        }
        if (allowance <= 0) {
            throw new CapExceeded("a reply", allowed);
        }
        int start = position;
        long end = start + Math.min(limit - start, Math.min(most, allowance));
        boolean ended = false;
        while (!ended && position < end) {
            ended = buffer[position++] == '\n';
        }
        to.write(buffer, start, position - start);
        allowance -= position - start;
        return ended;
    }

    /** Takes what is there of counted bytes; much of them goes to its place at once. */
    private int take(byte[] to, int from) throws IOException {
        int wanted = to.length - from;
        if (position == limit && wanted >= buffer.length) {
            int read = in.read(to, from, wanted);
            if (read < 0) {
                throw new EOFException();
            }
            return read;
        }
        if (position == limit) {
            fill();
        }
        int ready = Math.min(wanted, limit - position);
        System.arraycopy(buffer, position, to, from, ready);
        position += ready;
        return ready;
    }

    private void fill() throws IOException {
        if (!fills()) {
            throw new EOFException();
        }
    }

    /** Whether there is more. */
    private boolean fills() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(0, read);
        return read >= 0;
    }

    private static byte[] withoutEnd(byte[] line) {
        int length = line.length - 1;
        return Arrays.copyOf(line, length > 0 && line[length - 1] == '\r' ? length - 1 : length);
    }
}
