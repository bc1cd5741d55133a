package org.posthorn.mailbox.bulk;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFolder;
import org.posthorn.mailbox.archive.ArchiveProblem;
import org.posthorn.mailbox.archive.Arrival;
import org.posthorn.mailbox.archive.Spool;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** One run of a download as all its jobs see it: what came, and the disk. A disk that fails ends the whole work. */
final class Downloading {
    private final Archive archive;
    private final Board board;
    private final Cancellation end = new Cancellation();
    private final Map<MailboxName, FolderDownload> folders = new LinkedHashMap<>();
    private Optional<ArchiveProblem> problem = Optional.empty();

    Downloading(Archive archive, int connections, Consumer<Progress> live) {
        this.archive = archive;
        this.board = new Board(connections, live);
    }

    /** Something that may fail for want of space or rights. */
    @FunctionalInterface
    interface DiskWork<T> {
        T run() throws IOException;
    }

    Board board() {
        return board;
    }

    /** Given as soon as nothing more can be written. */
    Cancellation end() {
        return end;
    }

    synchronized Optional<ArchiveProblem> problem() {
        return problem;
    }

    synchronized List<FolderDownload> folders() {
        return List.copyOf(folders.values());
    }

    synchronized void change(ImapFolder.Named name, UnaryOperator<FolderDownload> change) {
        folders.put(name.name(), change.apply(folders.getOrDefault(name.name(), FolderDownload.of(name.shown()))));
    }

    /** Runs work on disk; where it fails, the connection is in the middle of something and ends too. */
    <T> T onDisk(Phase phase, DiskWork<T> work) throws FailureException {
        try {
            return work.run();
        } catch (IOException e) {
            fail(e);
            throw new FailureException(new Failure.Cancelled(phase));
        }
    }

    private void fail(IOException failure) {
        synchronized (this) {
            problem = problem.or(() -> Optional.of(ArchiveProblem.of(failure)));
        }
        end.cancel();
    }

    /** Closes a folder in which nothing more is done. */
    void close(ArchiveFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            fail(e);
        }
    }

    ArchiveFolder folder(ImapFolder.Named name, long validity) {
        ArchiveFolder place = archive.folder(name.name().wire(), name.shown(), validity);
        change(name, folder -> folder.into(place.file(), place.isRenumbered()));
        return place;
    }

    Spool spool() {
        return archive.spool();
    }

    /** Puts a message that is complete into its place. */
    void store(Phase phase, ImapFolder.Named name, ArchiveFolder place, Arrival arrival, Spool content)
            throws FailureException {
        if (onDisk(phase, () -> place.add(arrival, content))) {
            change(name, folder -> folder.withMessage(content.size()));
            board.change(now -> now.done(1, content.size()));
        }
    }

    void alreadyThere(ImapFolder.Named name, long messages) {
        change(name, folder -> folder.withAlreadyThere(messages));
        board.change(now -> now.done(messages, 0));
    }
}
