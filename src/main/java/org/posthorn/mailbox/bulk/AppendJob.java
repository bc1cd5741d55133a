package org.posthorn.mailbox.bulk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.posthorn.client.Capabilities;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.ImapAppend;
import org.posthorn.client.imap.ImapReply;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.mailbox.imap.InternalDate;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Appends one message, and is followed by the next that could be taken for it. Where its APPEND was sent and not answered it
 * looks into the folder first, several times: the server may not have finished when the connection was lost.
 */
final class AppendJob implements Job {
    /** Between looks for a message that is not there. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final StoredMessage message;
    private final Alike alike;
    private final UploadTarget target;
    private final UploadLedger ledger;

    /** Messages of one identity, of which one at a time is under way. */
    static final class Alike {
        private final Queue<StoredMessage> waiting = new ArrayDeque<>();
        private final List<StoredMessage> there = new ArrayList<>();
        private long unclear;

        void add(StoredMessage message) {
            waiting.add(message);
        }

        void isThere(StoredMessage message) {
            there.add(message);
        }
    }

    private AppendJob(StoredMessage message, Alike alike, UploadTarget target, UploadLedger ledger) {
        this.message = message;
        this.alike = alike;
        this.target = target;
        this.ledger = ledger;
    }

    /** The job for the next message; none when there is none. */
    static List<Job> next(Alike alike, UploadTarget target, UploadLedger ledger) {
        StoredMessage next = alike.waiting.poll();
        return next == null ? List.of() : List.of(new AppendJob(next, alike, target, ledger));
    }

    @Override
    public String part() {
        return message.shown();
    }

    @Override
    public List<Job> run(MailConnection connection) throws FailureException {
        return connection.perform((_, transport) -> {
            ImapFolder imap = new ImapFolder(target.endpoint(), connection, transport);
            if (!ledger.isDoubtful(message) || !hasArrived(imap, transport)) {
                append(imap, transport, Capabilities.inForce(connection.timeline()));
            }
            alike.isThere(message);
            ledger.appended(message);
            return rest();
        });
    }

    private boolean hasArrived(ImapFolder imap, Transport transport) throws FailureException {
        Arrival arrival = look(imap, transport);
        for (Duration pause : PAUSES) {
            if (arrival == Arrival.MISSING) {
                await(pause);
                arrival = look(imap, transport);
            }
        }
        return switch (arrival) {
            case ARRIVED -> true;
            case MISSING -> {
                ledger.missing(message);
                yield false;
            }
            case UNCLEAR ->
                throw rejected(
                        transport,
                        "it was sent and not answered, and whether a message in the folder is this one cannot be told");
        };
    }

    /** Each time anew: a folder that is open may be shown as it was. */
    private Arrival look(ImapFolder imap, Transport transport) throws FailureException {
        Renumbering.check(transport.phase(), target.base().validity(), imap.examine(target.folder()));
        return Arrival.of(message, alike.there, alike.unclear, target.base(), imap);
    }

    private void await(Duration pause) {
        CountDownLatch cut = new CountDownLatch(1);
        try (var _ = target.cancellation().onCancel(cut::countDown)) {
            cut.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(ImapFolder imap, Transport transport, List<String> capabilities) throws FailureException {
        String trouble = message.trouble().orElse("");
        if (!trouble.isEmpty()) {
            throw rejected(transport, trouble);
        }
        if (target.limit().isPresent() && message.size() > target.limit().getAsLong()) {
            throw rejected(
                    transport,
                    "it has " + message.size() + " bytes, and the server takes "
                            + target.limit().getAsLong() + " at most (APPENDLIMIT)");
        }
        ImapReply reply = send(transport, capabilities);
        if (isFolderMissing(reply) && target.create()) {
            create(imap);
            reply = send(transport, capabilities);
        }
        if (!reply.isOk()) {
            String text = transport.masked(reply.tagged());
            if (isFolderMissing(reply)) {
                ledger.end(new UploadProblem.FolderMissing(target.folder().text(), text));
            }
            throw rejected(transport, text);
        }
    }

    /** Another connection may have made it by now; whether there is one, the next reply tells. */
    private void create(ImapFolder imap) throws FailureException {
        try {
            imap.demand("CREATE " + target.folder().argument());
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.CommandRejected)) {
                throw e;
            }
        }
    }

    private static boolean isFolderMissing(ImapReply reply) {
        return !reply.isOk() && reply.code().filter("TRYCREATE"::equals).isPresent();
    }

    private ImapReply send(Transport transport, List<String> capabilities) throws FailureException {
        var literal = new ImapAppend.Message(
                target.folder(),
                message.flags(),
                message.received().map(InternalDate::of),
                message.size(),
                message::writeTo);
        ImapReply reply = new ImapAppend(transport, target.endpoint(), capabilities)
                .append(literal, () -> ledger.sent(message, transport.phase()));
        if (!reply.isOk()) {
            ledger.refused(message);
        }
        return reply;
    }

    private static FailureException rejected(Transport transport, String why) {
        return new FailureException(new Failure.CommandRejected(transport.phase(), "APPEND", why));
    }

    @Override
    public void giveUp(Failure failure) {
        alike.unclear += ledger.isDoubtful(message) ? 1 : 0;
        ledger.givenUp(message);
    }

    @Override
    public List<Job> rest() {
        return next(alike, target, ledger);
    }
}
