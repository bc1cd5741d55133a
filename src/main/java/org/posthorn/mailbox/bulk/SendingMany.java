package org.posthorn.mailbox.bulk;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.client.MailConnection;
import org.posthorn.client.MessageSending;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.SmtpExtensions;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.client.smtp.SmtpTransaction;
import org.posthorn.client.smtp.Submission;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.TestMessage;
import org.posthorn.mailbox.bulk.SentMessage.Outcome;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/**
 * Sends a message many times, each time as a message of its own. One that was sent whole and not answered is never sent again.
 * A server that says "later" (4yz) to all recipients is sent the message up to {@value Crew#RETRIES} times again, and all
 * messages at a slower pace.
 */
public final class SendingMany {
    private final EmailClient client;
    private final MessageDraft draft;
    private final int count;
    private final Clock clock;

    /**
     * Over the connections of an SMTP client.
     *
     * @param draft one without a problem
     */
    public SendingMany(EmailClient client, MessageDraft draft, int count, Clock clock) {
        if (client.endpoint().protocol() != Protocol.SMTP) {
            throw new IllegalArgumentException("messages are sent by SMTP");
        }
        this.client = client;
        this.draft = draft;
        this.count = count;
        this.clock = clock;
    }

    /**
     * Runs until every message was tried. It takes as many connections as the endpoint's settings say for heavy work; a cancel
     * closes them.
     */
    public SendingManyResult run(Cancellation cancellation, Consumer<Progress> live) {
        int connections = client.endpoint().connections().connectionsForHeavyWork();
        Board board = new Board(connections, live);
        Pace pace = new Pace(cancellation);
        List<Sending> all = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Sending(number, board, pace))
                .toList();
        board.change(now -> now.expecting(count));
        WorkEnd end = new Crew(client, connections, cancellation, board).run(new ArrayList<>(all));
        List<SentMessage> sent = all.stream().map(Sending::now).toList();
        boolean refused = sent.stream().anyMatch(message -> message.outcome() == Outcome.PARTLY);
        return new SendingManyResult(refused ? end.partly() : end, sent);
    }

    /** One message. */
    private final class Sending implements Job {
        private final Board board;
        private final Pace pace;
        private volatile SentMessage now;
        private Submission submission = Submission.to(List.of());
        private int attempts;

        Sending(int number, Board board, Pace pace) {
            this.board = board;
            this.pace = pace;
            now = new SentMessage(number, Optional.empty(), Outcome.NOT_SENT, Optional.empty());
        }

        SentMessage now() {
            return now;
        }

        @Override
        public String part() {
            return "message " + position();
        }

        private String position() {
            return now.number() + " of " + count;
        }

        @Override
        public List<Job> run(MailConnection connection) throws FailureException {
            if (now.outcome() == Outcome.UNKNOWN) {
                throw rejected("it was sent and not answered; it may have been taken and is not sent again");
            }
            pace.await();
            SmtpExtensions extensions = MessageSending.extensions(connection);
            TestMessage message = composed(extensions);
            now = new SentMessage(
                    now.number(), Optional.of(message.mark().messageId()), Outcome.NOT_SENT, Optional.empty());
            Optional<Refusal> foreseen = SmtpTransaction.foreseen(message.envelope(), message.size(), extensions);
            if (foreseen.isPresent()) {
                become(Outcome.REFUSED, Optional.empty());
                throw rejected(words(foreseen.get()));
            }
            return ended(sent(connection, message), message.size());
        }

        private TestMessage composed(SmtpExtensions extensions) throws FailureException {
            try {
                return TestMessage.of(draft, extensions, clock, Optional.of(position()));
            } catch (IOException _) {
                throw rejected("what is attached can no longer be read");
            }
        }

        private Submission sent(MailConnection connection, TestMessage message) throws FailureException {
            submission = Submission.to(List.of());
            try {
                return new MessageSending(client.endpoint())
                        .send(connection, message.envelope(), message, heard -> submission = heard);
            } catch (FailureException e) {
                if (submission.isUncertain()) {
                    become(Outcome.UNKNOWN, e.failure().serverText());
                }
                throw e;
            }
        }

        private List<Job> ended(Submission sent, long size) throws FailureException {
            Optional<String> taken = sent.message().map(SmtpReply::text);
            switch (sent.outcome()) {
                case SENT -> become(Outcome.ACCEPTED, taken);
                case PARTLY -> become(Outcome.PARTLY, refusals(sent));
                case REFUSED -> {
                    return refused(sent);
                }
            }
            board.change(progress -> progress.done(1, size));
            return List.of();
        }

        private List<Job> refused(Submission sent) throws FailureException {
            String why = refusals(sent).orElse("the server took it for nobody");
            boolean later = sent.refusals().stream()
                    .allMatch(refusal ->
                            refusal instanceof Refusal.Said said && said.reply().isTransient());
            if (later && attempts++ < Crew.RETRIES) {
                Duration pause = pace.slow();
                board.change(progress -> progress.told(new Notice.Slowed(pause, failure(why))));
                return List.of(this);
            }
            become(Outcome.REFUSED, Optional.of(why));
            throw rejected(why);
        }

        private static Optional<String> refusals(Submission sent) {
            return sent.refusals().stream()
                    .filter(Refusal.Said.class::isInstance)
                    .map(refusal -> ((Refusal.Said) refusal).reply().text())
                    .distinct()
                    .reduce((left, right) -> left + "\n" + right);
        }

        private static String words(Refusal refusal) {
            return switch (refusal) {
                case Refusal.Said said -> said.reply().text();
                case Refusal.TooLarge(long size, long largest) ->
                    "it has " + size + " bytes, and the server takes " + largest + " at most (SIZE)";
                case Refusal.Utf8NotOffered(String address) ->
                    address + " needs SMTPUTF8, which the server does not announce";
                case Refusal.StatusNotOffered() -> "a notification is asked for, and the server does not announce DSN";
            };
        }

        private void become(Outcome outcome, Optional<String> text) {
            now = new SentMessage(now.number(), now.messageId(), outcome, text);
        }

        @Override
        public void giveUp(Failure failure) {
            if (now.outcome() == Outcome.NOT_SENT) {
                become(Outcome.NOT_SENT, failure.serverText());
            }
        }
    }

    private static Failure failure(String why) {
        return new Failure.CommandRejected(Phase.READY, "MAIL", why);
    }

    private static FailureException rejected(String why) {
        return new FailureException(failure(why));
    }
}
