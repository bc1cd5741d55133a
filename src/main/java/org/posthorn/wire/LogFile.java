package org.posthorn.wire;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The protocol log as a file, one line per event: time, connection, direction, text. It never stands in the way of the
 * connection it records: when it cannot be written it stops and keeps the reason. A file that is there is continued.
 */
public final class LogFile implements Consumer<WireEvent>, AutoCloseable {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private OutputStream out;
    private Optional<String> problem = Optional.empty();
    private boolean open = true;
    private boolean checked;
    private long checkedNanos;

    LogFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /**
     * Opens or begins the file, readable for its owner alone, and makes the folders above it. When that fails the log
     * file is there and does nothing; {@link #problem()} says why.
     */
    public static LogFile open(Path path) {
        try {
            prepare(path);
            // No channel: an interrupt of the connection that writes a line would close it for all connections.
            return new LogFile(path, new FileOutputStream(path.toFile(), true));
        } catch (IOException | UnsupportedOperationException e) {
            LogFile file = new LogFile(path, OutputStream.nullOutputStream());
            file.stop("cannot be opened", reason(e));
            return file;
        }
    }

    @Override
    public synchronized void accept(WireEvent event) {
        if (!open) {
            return;
        }
        try {
            out.write(line(event).getBytes(StandardCharsets.UTF_8));
            checkNowAndThen(event.nanos());
        } catch (IOException e) {
            stop("cannot be written", reason(e));
        }
    }

    /** Why nothing is written any more, as a sentence; empty while all is well. */
    public synchronized Optional<String> problem() {
        return problem;
    }

    @Override
    public synchronized void close() {
        if (open) {
            checkPresence();
            end();
        }
    }

    private static String line(WireEvent event) {
        return TIME.format(event.time()) + " #" + event.connection() + " "
                + event.direction().mark() + " " + event.text() + "\n";
    }

    /** A file that is deleted under a program swallows what is written to it without an error on most systems. */
    private void checkNowAndThen(long nanos) {
        if (!checked || nanos - checkedNanos >= CHECK_NANOS) {
            checked = true;
            checkedNanos = nanos;
            checkPresence();
        }
    }

    private void checkPresence() {
        if (!Files.exists(path)) {
            stop("is gone", "it was moved or deleted");
        }
    }

    private void stop(String what, String why) {
        problem = Optional.of("The log file " + path + " " + what + ": " + why
                + ". Nothing more is written to it; choose another place for the log file.");
        end();
    }

    private void end() {
        open = false;
        try {
            out.close();
        } catch (IOException e) {
            if (problem.isEmpty()) {
                stop("cannot be closed", reason(e));
            }
        }
    }

    private static void prepare(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly(posix, "rwx------"));
        }
        if (!Files.exists(file)) {
            Files.createFile(file, ownerOnly(posix, "rw-------"));
        } else if (posix && Files.isRegularFile(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static FileAttribute<?>[] ownerOnly(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String reason(Exception e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
