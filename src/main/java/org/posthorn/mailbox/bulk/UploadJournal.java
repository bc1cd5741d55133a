package org.posthorn.mailbox.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.posthorn.account.Endpoint;
import org.posthorn.client.LoginGuard;

/**
 * A file in which an upload notes each step, so that another run goes on where this one ended. The first line names the
 * folder; then comes a line for each step: {@code folder UIDVALIDITY UIDNEXT}, and {@code sent}, {@code appended}, {@code
 * refused} or {@code missing} with the digest of a message. Only one run at a time has it open.
 */
public final class UploadJournal implements Closeable {
    private static final String KIND = "posthorn upload 1: ";

    /** In bytes; more than a million messages need. */
    private static final int MOST = 256 * 1024 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final String head;
    private final UploadHistory history;
    private boolean isNew;

    private UploadJournal(Path file, FileChannel channel, String head) throws IOException {
        this.file = file;
        this.channel = channel;
        this.head = head;
        String text = read();
        isNew = text.isEmpty();
        history = UploadHistory.of(text.lines().toList());
        if (!isNew && !text.endsWith("\n")) {
            // A crash has torn its last line off.
            write("\n");
        }
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param folder by its name for a person
     * @throws SourceUnusable when the file is none, belongs to another folder, or another run has it open
     */
    public static UploadJournal open(Path file, Endpoint endpoint, String folder) throws SourceUnusable {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                lock(file, channel);
                return new UploadJournal(file, channel, KIND + target(endpoint, folder));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (SourceUnusable e) {
            throw e;
        } catch (IOException e) {
            throw new SourceUnusable(file + " cannot be opened for writing ("
                    + e.getClass().getSimpleName() + "); name a file in a folder that you can write to.");
        }
    }

    /** The folder and whose it is. */
    private static String target(Endpoint endpoint, String folder) {
        return folder + " of " + LoginGuard.who(endpoint).orElse("") + " at " + endpoint.hostName();
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        SourceUnusable inUse = new SourceUnusable(file + " is in use by another upload.");
        try {
            if (channel.tryLock() == null) {
                throw inUse;
            }
        } catch (OverlappingFileLockException _) {
            throw inUse;
        }
    }

    private String read() throws IOException {
        if (channel.size() > MOST) {
            throw noJournal();
        }
        ByteBuffer content = ByteBuffer.allocate((int) channel.size());
        while (content.hasRemaining() && channel.read(content) >= 0) {
            // All of it.
        }
        String text = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        String first = text.lines().findFirst().orElse(head);
        if (!first.startsWith(KIND)) {
            throw noJournal();
        }
        if (!first.equals(head)) {
            throw new SourceUnusable(file + " is the journal of another upload, to " + first.substring(KIND.length())
                    + "; name a new file for this one.");
        }
        return text;
    }

    private SourceUnusable noJournal() {
        return new SourceUnusable(file + " is not the journal of an upload, and stays as it is; name another file.");
    }

    Path file() {
        return file;
    }

    UploadHistory history() {
        return history;
    }

    void folder(UploadBase base) throws IOException {
        note("folder " + base.validity() + " " + base.next());
    }

    void sent(StoredMessage message) throws IOException {
        note("sent " + message.digest());
    }

    void appended(StoredMessage message) throws IOException {
        note("appended " + message.digest());
    }

    void refused(StoredMessage message) throws IOException {
        note("refused " + message.digest());
    }

    void missing(StoredMessage message) throws IOException {
        note("missing " + message.digest());
    }

    /** A file without a step in it stays empty: it is nobody's yet. */
    private synchronized void note(String step) throws IOException {
        String lines = (isNew ? head + "\n" : "") + step + "\n";
        write(lines);
        isNew = false;
        channel.force(false);
    }

    private void write(String text) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        channel.position(channel.size());
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
