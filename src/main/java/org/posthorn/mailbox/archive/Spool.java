package org.posthorn.mailbox.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message on its way: it comes to its place only once it is complete. Its first {@value #IN_MEMORY} bytes are kept in memory,
 * the rest in a file.
 */
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 256 * 1024;

    private final Path folder;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private Optional<Overflow> overflow = Optional.empty();
    private long size;

    private record Overflow(Path file, FileChannel channel) {}

    Spool(Path folder) {
        this.folder = folder;
    }

    public void write(byte[] piece) throws IOException {
        int kept = Math.min(piece.length, IN_MEMORY - head.size());
        head.write(piece, 0, kept);
        if (kept < piece.length) {
            byte[] rest = Arrays.copyOfRange(piece, kept, piece.length);
            Disk.write(file().channel(), rest, rest.length);
        }
        size += piece.length;
    }

    private Overflow file() throws IOException {
        if (overflow.isEmpty()) {
            Path file = Disk.temporary(folder, Archive.PART);
            overflow = Optional.of(new Overflow(file, Disk.open(file)));
        }
        return overflow.get();
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The first bytes, at most so many as are kept in memory. */
    byte[] head() {
        return head.toByteArray();
    }

    /** All that was written. */
    InputStream content() throws IOException {
        InputStream first = new ByteArrayInputStream(head.toByteArray());
        return overflow.isEmpty()
                ? first
                : new SequenceInputStream(
                        first, Files.newInputStream(overflow.get().file()));
    }

    @Override
    public void close() throws IOException {
        if (overflow.isPresent()) {
            overflow.get().channel().close();
            Files.deleteIfExists(overflow.get().file());
        }
    }
}
