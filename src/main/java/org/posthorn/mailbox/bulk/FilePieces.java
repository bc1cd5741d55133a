package org.posthorn.mailbox.bulk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A part of a file piece by piece: each a line with its end, or so much of a long one that it does not fill the memory. */
final class FilePieces implements Closeable {
    /** In bytes; a piece has one more where CR and LF would be torn apart. */
    static final int MOST = 8192;

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final long to;
    private long position;
    private boolean begins = true;

    /** From one byte of a file up to another. */
    FilePieces(Path file, long from, long to) throws IOException {
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        this.position = from;
        this.to = to;
        try {
            in.skipNBytes(from);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** A line or a piece of one. */
    static final class Piece {
        private final byte[] bytes;
        private final boolean begins;

        Piece(byte[] bytes, boolean begins) {
            this.bytes = bytes;
            this.begins = begins;
        }

        byte[] bytes() {
            return bytes;
        }

        /** Whether it is the beginning of a line. */
        boolean begins() {
            return begins;
        }

        boolean isEmptyLine() {
            return begins && (Arrays.equals(bytes, new byte[] {'\n'}) || Arrays.equals(bytes, new byte[] {'\r', '\n'}));
        }
    }

    /** Where the next piece begins, in bytes from the beginning of the file. */
    long position() {
        return position;
    }

    Optional<Piece> next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(128);
        int last = -1;
        while (position < to && last != '\n' && (piece.size() < MOST || last == '\r')) {
            last = in.read();
            if (last < 0) {
                break;
            }
            piece.write(last);
            position++;
        }
        if (piece.size() == 0) {
            return Optional.empty();
        }
        Piece read = new Piece(piece.toByteArray(), begins);
        begins = last == '\n';
        return Optional.of(read);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
