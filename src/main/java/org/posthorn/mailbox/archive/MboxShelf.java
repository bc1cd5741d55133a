package org.posthorn.mailbox.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An mbox and its journal, which says before each message where it begins ({@code + OFFSET}) and after it that it is there
 * ({@code KEY OFFSET LENGTH}, in bytes). A message without the second line was not finished and is cut off.
 */
final class MboxShelf implements Shelf {
    private static final Pattern BEGUN = Pattern.compile("\\+ \\d{1,18}");
    private static final Pattern DONE = Pattern.compile("(\\S+) (\\d{1,18}) (\\d{1,18})");
    private static final int BUFFER = 64 * 1024;

    private final FileChannel mbox;
    private final Journal journal;
    private final Set<String> keys;
    private long end;

    private MboxShelf(FileChannel mbox, Journal journal, Set<String> keys, long end) {
        this.mbox = mbox;
        this.journal = journal;
        this.keys = keys;
        this.end = end;
    }

    /** What a journal says. */
    private static final class Told implements Journal.Lines {
        private final Path file;
        private final Set<String> keys = new HashSet<>();
        private long end;
        private boolean begun;

        Told(Path file) {
            this.file = file;
        }

        @Override
        public void line(String line) throws IOException {
            Matcher done = DONE.matcher(line);
            if (BEGUN.matcher(line).matches()) {
                begun = true;
            } else if (done.matches()) {
                keys.add(done.group(1));
                end = Long.parseLong(done.group(2)) + Long.parseLong(done.group(3));
                begun = false;
            } else {
                throw Journal.damaged(file);
            }
        }
    }

    static MboxShelf open(Path file, Path record, Journal.Title title) throws IOException {
        if (!Files.exists(file)) {
            // Whoever took the mbox away wants its messages anew.
            Files.deleteIfExists(record);
        }
        Told told = new Told(record);
        Journal journal = Journal.open(record, title, told);
        try {
            FileChannel mbox = Disk.open(file, StandardOpenOption.CREATE);
            try {
                check(file, mbox.size(), told);
                mbox.truncate(told.end);
                mbox.position(told.end);
                return new MboxShelf(mbox, journal, told.keys, told.end);
            } catch (IOException e) {
                mbox.close();
                throw e;
            }
        } catch (IOException e) {
            journal.close();
            throw e;
        }
    }

    /** What another program has put into the file is not to be lost. */
    private static void check(Path file, long size, Told told) throws IOException {
        if (size < told.end || (size > told.end && !told.begun)) {
            throw new ArchiveProblem(file + " was changed by another program since it was written."
                    + " Move it elsewhere to have its messages again, or name another folder.");
        }
    }

    @Override
    public boolean holds(String key) {
        return keys.contains(key);
    }

    @Override
    public void add(Arrival arrival, Spool content) throws IOException {
        journal.write("+ " + end);
        try {
            append(arrival, content);
        } catch (IOException e) {
            takeBack();
            throw e;
        }
        long now = mbox.position();
        journal.write(arrival.key() + " " + end + " " + (now - end));
        end = now;
        keys.add(arrival.key());
    }

    private void append(Arrival arrival, Spool content) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(mbox), BUFFER);
        out.write(FromLine.of(arrival, content.head()).getBytes(StandardCharsets.US_ASCII));
        QuotedFrom quoted = new QuotedFrom(out);
        try (InputStream in = content.content()) {
            in.transferTo(quoted);
        }
        quoted.end();
        out.flush();
    }

    private void takeBack() {
        try {
            mbox.truncate(end);
        } catch (IOException _) {
            // The next opening does it: the journal says where the message began.
        }
    }

    @Override
    public void close() throws IOException {
        try (journal) {
            mbox.close();
        }
    }
}
