package org.posthorn.mailbox.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of one message as it is stored (.eml), which comes to its name only once it is complete, and replaces nothing. What
 * cannot be written is told at the end: a message that is under way is better read to its own end than broken off.
 */
public final class MessageFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private Optional<ArchiveProblem> problem = Optional.empty();
    private long size;

    private MessageFile(Path file, Path part, FileChannel channel) {
        this.file = file;
        this.part = part;
        this.channel = channel;
    }

    /** Of a name that is free, in a folder that exists. */
    public static MessageFile create(String name) throws ArchiveProblem {
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (Files.exists(file)) {
                throw new ArchiveProblem(file + " is there already. Name another file, or remove it first.");
            }
            Path folder = Optional.ofNullable(file.getParent()).orElse(file);
            if (!Files.isDirectory(folder)) {
                throw new ArchiveProblem(folder + " is not a folder. Make it, or name a file in another.");
            }
            Path part = Disk.temporary(folder, Archive.PART);
            return new MessageFile(file, part, Disk.open(part));
        } catch (InvalidPathException e) {
            throw ArchiveProblem.of(e);
        } catch (IOException e) {
            throw ArchiveProblem.of(e);
        }
    }

    public Path file() {
        return file;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    public void write(byte[] piece) {
        if (problem.isPresent()) {
            return;
        }
        try {
            Disk.write(channel, piece, piece.length);
            size += piece.length;
        } catch (IOException e) {
            problem = Optional.of(unwritten(e));
        }
    }

    /** Gives it its name. */
    public void keep() throws ArchiveProblem {
        if (problem.isPresent()) {
            throw problem.get();
        }
        try {
            channel.force(true);
            channel.close();
            Files.move(part, file);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private static ArchiveProblem unwritten(IOException failure) {
        return failure instanceof FileSystemException
                ? ArchiveProblem.of(failure)
                : new ArchiveProblem("writing failed (" + failure.getMessage()
                        + "), and nothing was left of the message. Put that right, or name a file elsewhere.");
    }

    /** Leaves nothing of a message that was not kept. */
    @Override
    public void close() throws ArchiveProblem {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw ArchiveProblem.of(e);
        }
    }
}
