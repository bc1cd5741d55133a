package org.posthorn.mailbox.bulk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the messages in mbox files, Maildirs and files of one message each, reading every file once from end to end. */
final class UploadSources {
    /** The date at the end of a line that begins a message (RFC 4155 appendix A: UTC where no zone is told). */
    private static final Pattern ARRIVAL = Pattern.compile(
            "\\w{3} (\\w{3}) +(\\d{1,2}) +(\\d{2}:\\d{2}:\\d{2})(?: ([+-]\\d{4}))?(?: [A-Z]{2,5})? (\\d{4})"
                    + "(?: ([+-]\\d{4}))?\\s*$");

    private static final DateTimeFormatter ARRIVED = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ROOT);
    private static final Pattern MAILDIR_FLAGS = Pattern.compile("[:;!]2,([A-Za-z]*)$");

    private final Quoting mbox;
    private final Predicate<StoredMessage> found;

    /**
     * With somebody who hears of each message.
     *
     * @param mbox how mbox files are quoted
     * @param found answers whether to go on
     */
    UploadSources(Quoting mbox, Predicate<StoredMessage> found) {
        this.mbox = mbox;
        this.found = found;
    }

    /**
     * Reads a file or a folder.
     *
     * @return whether to go on with another
     * @throws SourceUnusable in words for a person
     */
    boolean read(Path source) throws SourceUnusable {
        try {
            if (Files.isDirectory(source)) {
                return readMaildir(source);
            }
            if (Files.exists(source) && !Files.isRegularFile(source)) {
                throw new SourceUnusable(source + " is neither a file nor a folder.");
            }
            return readFile(source);
        } catch (SourceUnusable e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new SourceUnusable("there is no " + e.getFile() + ".");
        } catch (IOException e) {
            throw new SourceUnusable(source + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    private boolean readMaildir(Path folder) throws IOException {
        List<Path> parts = Stream.of("cur", "new")
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .toList();
        if (parts.isEmpty()) {
            throw new SourceUnusable(folder + " holds neither cur nor new, so that it is no Maildir; name its files.");
        }
        for (Path part : parts) {
            for (Path file : files(part)) {
                Instant came = Files.getLastModifiedTime(file).toInstant();
                if (!readOne(file, maildirFlags(String.valueOf(file.getFileName())), Optional.of(came))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            all.forEach(files::add);
        }
        // Of two deliveries in one folder the name of the earlier sorts first.
        return files.stream().sorted().toList();
    }

    private static List<String> maildirFlags(String name) {
        Matcher letters = MAILDIR_FLAGS.matcher(name);
        List<String> flags = new ArrayList<>();
        if (letters.find()) {
            letters.group(1).chars().distinct().forEach(letter -> {
                switch (letter) {
                    case 'D' -> flags.add("\\Draft");
                    case 'F' -> flags.add("\\Flagged");
                    case 'P' -> flags.add("$Forwarded");
                    case 'R' -> flags.add("\\Answered");
                    case 'S' -> flags.add("\\Seen");
                    case 'T' -> flags.add("\\Deleted");
                    default -> {}
                }
            });
        }
        return flags;
    }

    private boolean readFile(Path file) throws IOException {
        boolean several;
        try (FilePieces pieces = new FilePieces(file, 0, Files.size(file))) {
            several = pieces.next().filter(Quoting::isSeparator).isPresent();
        }
        return several ? new Mbox(file).read() : readOne(file, List.of(), Optional.empty());
    }

    private boolean readOne(Path file, List<String> flags, Optional<Instant> received) throws IOException {
        StoredMessage.Place place = StoredMessage.Place.whole(file);
        if (place.fileSize() == 0) {
            throw new SourceUnusable(file + " is empty.");
        }
        MessageIntake intake = new MessageIntake(Quoting.NONE);
        try (FilePieces pieces = new FilePieces(file, place.from(), place.to())) {
            for (var piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                intake.take(piece.get());
            }
        }
        return found.test(intake.message(place, file.toString(), flags, received));
    }

    /** A file of several messages: each begins with a line of its own at the start of the file or behind an empty line. */
    private final class Mbox {
        private final Path file;
        private final StoredMessage.Place whole;
        private MessageIntake intake = new MessageIntake(mbox);
        private Optional<Instant> received = Optional.empty();
        private long start;
        private int number;

        Mbox(Path file) throws IOException {
            this.file = file;
            this.whole = StoredMessage.Place.whole(file);
        }

        boolean read() throws IOException {
            try (FilePieces pieces = new FilePieces(file, 0, whole.to())) {
                Optional<FilePieces.Piece> empty = Optional.empty();
                long end = 0;
                boolean mayBegin = true;
                for (var next = pieces.next(); next.isPresent(); next = pieces.next()) {
                    FilePieces.Piece piece = next.get();
                    if (mayBegin && Quoting.isSeparator(piece)) {
                        if (!finish(end)) {
                            return false;
                        }
                        begin(piece, pieces);
                        empty = Optional.empty();
                    } else {
                        empty.ifPresent(intake::take);
                        empty = next.filter(FilePieces.Piece::isEmptyLine);
                        if (empty.isEmpty()) {
                            intake.take(piece);
                        }
                    }
                    mayBegin = piece.isEmptyLine();
                    end = empty.isPresent() ? pieces.position() - piece.bytes().length : pieces.position();
                }
                return finish(end);
            }
        }

        /** A line that is longer than a piece is still one line. */
        private void begin(FilePieces.Piece separator, FilePieces pieces) throws IOException {
            byte[] line = separator.bytes();
            for (var more = Optional.of(separator); more.isPresent() && !isEnded(more.get()); ) {
                more = pieces.next();
            }
            intake = new MessageIntake(mbox);
            received = arrival(new String(line, StandardCharsets.ISO_8859_1));
            start = pieces.position();
            number++;
        }

        private static boolean isEnded(FilePieces.Piece piece) {
            return piece.bytes()[piece.bytes().length - 1] == '\n';
        }

        private boolean finish(long end) {
            return number == 0
                    || found.test(intake.message(
                            whole.part(start, Math.max(start, end)),
                            file + ", message " + number,
                            List.of(),
                            received));
        }
    }

    private static Optional<Instant> arrival(String line) {
        Matcher date = ARRIVAL.matcher(line);
        if (!date.find()) {
            return Optional.empty();
        }
        String zone = Optional.ofNullable(date.group(4))
                .or(() -> Optional.ofNullable(date.group(6)))
                .orElse("+0000");
        String text = date.group(2) + " " + date.group(1) + " " + date.group(5) + " " + date.group(3);
        try {
            return Optional.of(LocalDateTime.parse(text, ARRIVED).toInstant(ZoneOffset.of(zone)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
