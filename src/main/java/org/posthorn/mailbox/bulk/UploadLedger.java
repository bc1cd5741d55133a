package org.posthorn.mailbox.bulk;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** What is known of the messages of an upload, with the journal where there is one. Safe for any number of threads. */
final class UploadLedger {
    private final Optional<UploadJournal> journal;
    private final Board board;
    private final Runnable stop;
    private final Set<StoredMessage> doubtful = Collections.newSetFromMap(new IdentityHashMap<>());
    private long appended;
    private long bytes;
    private long refused;
    private Optional<UploadProblem> problem = Optional.empty();

    /**
     * Before the first message.
     *
     * @param stop ends the upload; returns at once
     */
    UploadLedger(UploadPlan plan, Optional<UploadJournal> journal, Board board, Runnable stop) {
        this.journal = journal;
        this.board = board;
        this.stop = stop;
        doubtful.addAll(plan.doubtful());
    }

    /** A line of the journal. */
    @FunctionalInterface
    private interface Note {
        void write(UploadJournal journal) throws IOException;
    }

    private void note(Note note) {
        journal.ifPresent(each -> {
            try {
                note.write(each);
            } catch (IOException e) {
                end(new UploadProblem.JournalUnwritable(
                        each.file(), Optional.ofNullable(e.getMessage()).orElse("no more is known")));
            }
        });
    }

    /** Nothing goes on before a person has changed something. */
    void end(UploadProblem met) {
        synchronized (this) {
            problem = problem.or(() -> Optional.of(met));
        }
        stop.run();
    }

    /** The journal tells of a folder that is no longer this one. */
    void outdated() {
        journal.ifPresent(each -> end(new UploadProblem.JournalOutdated(each.file())));
    }

    void began(UploadBase base) {
        note(each -> each.folder(base));
    }

    /**
     * From here on the server may have the message.
     *
     * @throws FailureException when that cannot be noted, so that the message must not go
     */
    void sent(StoredMessage message, Phase phase) throws FailureException {
        note(each -> each.sent(message));
        synchronized (this) {
            if (problem.isPresent()) {
                throw new FailureException(new Failure.Cancelled(phase));
            }
            doubtful.add(message);
        }
    }

    void appended(StoredMessage message) {
        synchronized (this) {
            doubtful.remove(message);
            appended++;
            bytes += message.size();
        }
        note(each -> each.appended(message));
        board.change(now -> now.done(1, message.size()));
    }

    /** The server has said that it does not take it; what becomes of it is another matter. */
    void refused(StoredMessage message) {
        settled(message, each -> each.refused(message));
    }

    /** It was looked for in vain. */
    void missing(StoredMessage message) {
        settled(message, each -> each.missing(message));
    }

    /** One that was not sent whole was in no doubt, and the journal does not know of it. */
    private void settled(StoredMessage message, Note note) {
        boolean was;
        synchronized (this) {
            was = doubtful.remove(message);
        }
        if (was) {
            note(note);
        }
    }

    synchronized boolean isDoubtful(StoredMessage message) {
        return doubtful.contains(message);
    }

    /** One that is still in doubt stays so. */
    synchronized void givenUp(StoredMessage message) {
        refused += doubtful.contains(message) ? 0 : 1;
    }

    synchronized UploadResult result(WorkEnd end, UploadPlan plan) {
        return new UploadResult(
                end, plan.messages(), appended, bytes, plan.already(), refused, doubtful.size(), problem);
    }
}
