package org.posthorn.mailbox.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A Maildir and its journal, which has a line for each message that came to its place ({@code KEY}). The name of a message's file
 * holds its key too: one that came to its place just before a kill is known by that.
 */
final class MaildirShelf implements Shelf {
    private static final String ENDING = ".posthorn";

    private final Path folder;
    private final String prefix;
    private final Journal journal;
    private final Set<String> keys;

    private MaildirShelf(Path folder, String prefix, Journal journal, Set<String> keys) {
        this.folder = folder;
        this.prefix = prefix;
        this.journal = journal;
        this.keys = keys;
    }

    static MaildirShelf open(Path folder, Path record, Journal.Title title) throws IOException {
        if (!Files.exists(folder)) {
            // Whoever took the Maildir away wants its messages anew.
            Files.deleteIfExists(record);
        }
        for (String part : List.of("tmp", "new", "cur")) {
            Disk.createFolder(folder.resolve(part));
        }
        Set<String> keys = new HashSet<>();
        Journal journal = Journal.open(record, title, keys::add);
        MaildirShelf shelf = new MaildirShelf(folder, title.validity() + ".", journal, keys);
        try {
            shelf.removeUnfinished();
            shelf.find("new");
            shelf.find("cur");
            return shelf;
        } catch (IOException e) {
            journal.close();
            throw e;
        }
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.resolve("tmp"), "*" + ENDING)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private void find(String part) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder.resolve(part), prefix + "*" + ENDING + "*")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                keys.add(name.substring(prefix.length(), name.lastIndexOf(ENDING)));
            }
        }
    }

    @Override
    public boolean holds(String key) {
        return keys.contains(key);
    }

    @Override
    public void add(Arrival arrival, Spool content) throws IOException {
        String name = prefix + arrival.key() + ENDING;
        Path file = folder.resolve("tmp").resolve(name);
        try {
            write(file, content);
            if (arrival.date().isPresent()) {
                Files.setLastModifiedTime(file, FileTime.from(arrival.date().get()));
            }
            Files.move(file, place(name, arrival), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        keys.add(arrival.key());
        journal.write(arrival.key());
    }

    private static void write(Path file, Spool content) throws IOException {
        try (InputStream in = content.content();
                OutputStream out = Channels.newOutputStream(
                        Disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING))) {
            in.transferTo(out);
        }
    }

    /** Messages whose flags are not known are new. */
    private Path place(String name, Arrival arrival) {
        return arrival.flags()
                .map(flags -> folder.resolve("cur").resolve(name + separator() + "2," + letters(flags)))
                .orElse(folder.resolve("new").resolve(name));
    }

    /** Windows takes no colon in a file's name; programs there use this instead. */
    private String separator() {
        return folder.getFileSystem().getSeparator().equals("\\") ? ";" : ":";
    }

    /** In the order of the alphabet, as programs expect them. */
    private static String letters(List<String> flags) {
        return flags.stream()
                .map(flag -> switch (flag.toLowerCase(Locale.ROOT)) {
                    case "\\draft" -> "D";
                    case "\\flagged" -> "F";
                    case "$forwarded" -> "P";
                    case "\\answered" -> "R";
                    case "\\seen" -> "S";
                    case "\\deleted" -> "T";
                    default -> "";
                })
                .distinct()
                .sorted()
                .reduce("", String::concat);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
