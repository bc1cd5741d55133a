package org.posthorn.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is read whole and written whole: whoever opens it finds what was there before or what is there after. */
public final class WholeFile {
    private static final String PART = ".part";

    private final Path path;

    public WholeFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    public byte[] read() throws IOException {
        return Files.readAllBytes(path);
    }

    /** Replaces the content by way of a part beside it, forced to disk; only its owner can read it. */
    public void write(byte[] content) throws IOException {
        // A link to a file elsewhere stays a link.
        Path target = exists() ? path.toRealPath() : path;
        Path folder = folder(target);
        createFolder(folder);
        Path part = Files.createTempFile(folder, path.getFileName() + "-", PART, readableByOwner(folder, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        force(folder);
    }

    /** Copies the file as it is to a free name beside it, that a person can find again. */
    Path keepBeside(String word) throws IOException {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        for (int number = 1; ; number++) {
            String mark = "-" + word + (number == 1 ? "" : "-" + number);
            Path kept = path.resolveSibling(name.substring(0, dot) + mark + name.substring(dot));
            if (!Files.exists(kept)) {
                return Files.copy(path, kept, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Removes the parts that a killed program has left; only for who holds the lock, since nobody else writes then. */
    public void removeLeftovers() throws IOException {
        Path folder = folder(exists() ? path.toRealPath() : path);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, path.getFileName() + "-*" + PART)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, readableByOwner(existing(folder), "rwx------"));
        }
    }

    static FileAttribute<?>[] readableByOwner(Path place, String permissions) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static Path existing(Path folder) {
        Path place = folder.toAbsolutePath();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** Makes the new name last through a power cut, where folders can be opened; Windows keeps its own journal. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            return;
        }
    }
}
