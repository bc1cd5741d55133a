package org.posthorn.mailbox.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What was done in a folder, line by line, only ever appended to. A line without an end was cut off by a kill or a full disk and
 * counts as never written.
 */
final class Journal implements Closeable {
    /** Far above any line that is written. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final FileChannel channel;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Whose journal it is.
     *
     * @param folder the name of the mail folder as the server has it
     * @param validity its UIDVALIDITY
     */
    record Title(String folder, long validity) {
        private String line() {
            return "folder " + validity + " " + FileNames.encode(folder);
        }

        private static Optional<Title> parse(String line) {
            String[] words = line.split(" ", 3);
            return words.length == 3 && words[0].equals("folder") && words[1].matches("\\d{1,10}")
                    ? Optional.of(new Title(FileNames.decode(words[2]), Long.parseLong(words[1])))
                    : Optional.empty();
        }
    }

    /** Hears the lines below the title. */
    interface Lines {
        void line(String line) throws IOException;
    }

    /** Absent where the file does not say it, since there is none or its first line was cut off. */
    static Optional<Title> title(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Optional<String> first = line(in);
            if (first.isPresent() && Title.parse(first.get()).isEmpty()) {
                throw damaged(file);
            }
            return first.flatMap(Title::parse);
        }
    }

    static ArchiveProblem damaged(Path file) {
        return new ArchiveProblem(file + " is damaged, so that nobody knows which messages are there."
                + " Name another folder; that one is left as it is.");
    }

    /** Reads what is there, cuts off what is half a line, and goes on behind it. */
    static Journal open(Path file, Title title, Lines lines) throws IOException {
        long end = title(file).isPresent() ? read(file, lines) : 0;
        FileChannel channel = Disk.open(file, StandardOpenOption.CREATE);
        try {
            channel.truncate(end);
            channel.position(end);
            Journal journal = new Journal(channel);
            if (end == 0) {
                journal.write(title.line());
            }
            return journal;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the length up to the last line that has an end. */
    private static long read(Path file, Lines lines) throws IOException {
        long end = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (Optional<String> line = line(in); line.isPresent(); line = line(in)) {
                if (end > 0) {
                    lines.line(line.get());
                }
                end += line.get().length() + 1;
            }
        }
        return end;
    }

    private static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && line.size() < LONGEST_LINE; b = in.read()) {
            if (b == '\n') {
                return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
            }
            line.write(b);
        }
        return Optional.empty();
    }

    void write(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        Disk.write(channel, bytes, bytes.length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
