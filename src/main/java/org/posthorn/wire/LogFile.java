package org.posthorn.wire;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.posthorn.account.LogSettings;

/**
 * The protocol log as a file, one line per event: time, connection, direction, text. It never stands in the way of the
 * connection it records: when it cannot be written it stops and keeps the reason. A file that is there is continued; one with
 * the date in its name is followed by another at midnight, in the zone of the clock.
 */
public final class LogFile implements Consumer<WireEvent>, AutoCloseable {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Optional<Dated> dated;
    private Path path;
    private OutputStream out;
    private Optional<String> problem = Optional.empty();
    private boolean open = true;
    private boolean checked;
    private long checkedNanos;

    LogFile(Path path, OutputStream out) {
        this(path, out, Optional.empty());
    }

    private LogFile(Path path, OutputStream out, Optional<Dated> dated) {
        this.path = path;
        this.out = out;
        this.dated = dated;
    }

    /**
     * A name with the day in it.
     *
     * @param plain the name without
     * @param day of the file that is open
     */
    private record Dated(Path plain, ZoneId zone, AtomicReference<LocalDate> day) {
        static Path name(Path plain, LocalDate day) {
            String name = String.valueOf(plain.getFileName());
            int dot = name.lastIndexOf('.');
            int end = dot > 0 ? dot : name.length();
            return plain.resolveSibling(name.substring(0, end) + "-" + day + name.substring(end));
        }

        /** The file of an event, if it is another than that of the one before. */
        Optional<Path> next(Instant time) {
            LocalDate today = LocalDate.ofInstant(time, zone);
            return day.getAndSet(today).equals(today) ? Optional.empty() : Optional.of(name(plain, today));
        }
    }

    /**
     * The file that the settings ask for.
     *
     * @param usual where it is when the settings name no file
     * @param clock says what day it is here
     * @return absent when the settings want none
     */
    public static Optional<LogFile> of(LogSettings settings, Path usual, Clock clock) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        Path plain = settings.file().orElse(usual);
        if (!settings.dated()) {
            return Optional.of(open(plain));
        }
        LocalDate today = LocalDate.now(clock);
        Dated dated = new Dated(plain, clock.getZone(), new AtomicReference<>(today));
        return Optional.of(open(Dated.name(plain, today), Optional.of(dated)));
    }

    /**
     * Opens or begins the file, readable for its owner alone, and makes the folders above it. When that fails the log
     * file is there and does nothing; {@link #problem()} says why.
     */
    public static LogFile open(Path path) {
        return open(path, Optional.empty());
    }

    private static LogFile open(Path path, Optional<Dated> dated) {
        LogFile file = new LogFile(path, OutputStream.nullOutputStream(), dated);
        file.begin();
        return file;
    }

    private void begin() {
        try {
            prepare(path);
            // No channel: an interrupt of the connection that writes a line would close it for all connections.
            out = new FileOutputStream(path.toFile(), true);
        } catch (IOException | UnsupportedOperationException e) {
            stop("cannot be opened", reason(e));
        }
    }

    private void roll(Path next) throws IOException {
        out.close();
        path = next;
        begin();
    }

    @Override
    public synchronized void accept(WireEvent event) {
        if (!open) {
            return;
        }
        try {
            Optional<Path> next = dated.flatMap(name -> name.next(event.time()));
            if (next.isPresent()) {
                roll(next.get());
            }
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
        return switch (e) {
            case FileAlreadyExistsException taken -> taken.getFile() + " is not a folder";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " cannot be made";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        };
    }
}
