package org.posthorn.mailbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.Connector;
import org.posthorn.client.MailConnection;
import org.posthorn.client.MessageSending;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.SmtpExtensions;
import org.posthorn.client.smtp.SmtpTransaction;
import org.posthorn.client.smtp.Submission;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;

/** Connects, sends one test message and takes leave. */
public final class MessageTest {
    private final Connector connector;
    private final Clock clock;

    public MessageTest(Connector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    /**
     * Runs on the calling thread until the server has been left.
     *
     * @param draft one without a problem
     * @param live hears each step, on the calling thread
     */
    public SendingResult run(
            Endpoint endpoint,
            MessageDraft draft,
            CheckOptions options,
            Cancellation cancellation,
            SendingListener live) {
        try (MailConnection connection = connector.connect(endpoint, options, cancellation, live::connecting)) {
            return new Sending(endpoint, connection, live).run(draft);
        }
    }

    private final class Sending {
        private final Endpoint endpoint;
        private final MailConnection connection;
        private final SendingListener live;
        private Optional<SendingResult.Outline> outline = Optional.empty();
        private Optional<Submission> submission = Optional.empty();
        private final long started = System.nanoTime();

        Sending(Endpoint endpoint, MailConnection connection, SendingListener live) {
            this.endpoint = endpoint;
            this.connection = connection;
            this.live = live;
        }

        SendingResult run(MessageDraft draft) {
            return switch (connection.outcome()) {
                case READY -> send(draft);
                case FAILED, STOPPED ->
                    result(connection.outcome(), connection.timeline(), SendingOutcome.FAILED, List.of());
                case CANCELLED ->
                    result(connection.outcome(), connection.timeline(), SendingOutcome.CANCELLED, List.of());
            };
        }

        private SendingResult send(MessageDraft draft) {
            SmtpExtensions extensions = MessageSending.extensions(connection);
            TestMessage message = compose(draft, extensions);
            outline = Optional.of(SendingResult.Outline.of(message));
            Optional<Refusal> foreseen = SmtpTransaction.foreseen(message.envelope(), message.size(), extensions);
            if (foreseen.isPresent()) {
                return result(
                        CheckOutcome.READY,
                        connection.timeline(),
                        SendingOutcome.REFUSED,
                        foreseen.stream().toList());
            }
            try {
                Submission sent =
                        new MessageSending(endpoint).send(connection, message.envelope(), message, this::hear);
                return result(CheckOutcome.READY, connection.timeline(), outcome(sent), sent.refusals());
            } catch (FailureException e) {
                return broken(e.failure());
            }
        }

        private TestMessage compose(MessageDraft draft, SmtpExtensions extensions) {
            try {
                return TestMessage.of(draft, extensions, clock);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void hear(Submission now) {
            submission = Optional.of(now);
            live.sending(now);
        }

        private static SendingOutcome outcome(Submission sent) {
            return switch (sent.outcome()) {
                case SENT -> SendingOutcome.SENT;
                case PARTLY -> SendingOutcome.PARTLY;
                case REFUSED -> SendingOutcome.REFUSED;
            };
        }

        private SendingResult broken(Failure failure) {
            Timeline now = connection.timeline();
            Timeline broken = now.withFailure(Optional.of(failure));
            boolean cancelled = failure instanceof Failure.Cancelled;
            boolean uncertain = submission.filter(Submission::isUncertain).isPresent();
            SendingOutcome ended = cancelled ? SendingOutcome.CANCELLED : SendingOutcome.FAILED;
            return result(
                    cancelled ? CheckOutcome.CANCELLED : CheckOutcome.FAILED,
                    broken,
                    uncertain ? SendingOutcome.UNCERTAIN : ended,
                    submission.map(Submission::refusals).orElse(List.of()));
        }

        private SendingResult result(
                CheckOutcome session, Timeline timeline, SendingOutcome outcome, List<Refusal> refusals) {
            long ended = System.nanoTime();
            return new SendingResult(
                    new CheckResult(endpoint, session, timeline),
                    outline,
                    submission,
                    refusals,
                    Duration.ofNanos(ended - started),
                    ended,
                    outcome);
        }
    }
}
