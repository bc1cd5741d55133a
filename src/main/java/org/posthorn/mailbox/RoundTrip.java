package org.posthorn.mailbox;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.Connector;
import org.posthorn.client.MailConnection;
import org.posthorn.client.PipeliningState;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;

/**
 * Looks for a test message where it should arrive, by IMAP or POP3. IMAP looks again on the same connection; POP3 shows what
 * has come since only to a new one.
 */
public final class RoundTrip {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Connector connector;

    public RoundTrip(Connector connector) {
        this.connector = connector;
    }

    /**
     * Looks until the message is found or patience has ended, on the calling thread.
     *
     * @param endpoint an IMAP or POP3 endpoint with a login
     * @param accepted when the sending server took the message, by {@link System#nanoTime()}
     * @param live hears each change of a connection, on the calling thread
     */
    public RoundTripResult find(
            Endpoint endpoint,
            MessageMark mark,
            long accepted,
            FindingOptions options,
            CheckOptions login,
            Cancellation cancellation,
            Consumer<Timeline> live) {
        return new Search(endpoint, mark, accepted, options, login, cancellation, live).run();
    }

    private final class Search {
        private final Endpoint endpoint;
        private final MessageMark mark;
        private final long accepted;
        private final FindingOptions options;
        private final CheckOptions login;
        private final Cancellation cancellation;
        private final Consumer<Timeline> live;
        private final Set<String> known = new HashSet<>();
        private Duration pause = FIRST_PAUSE;
        private int looks;

        Search(
                Endpoint endpoint,
                MessageMark mark,
                long accepted,
                FindingOptions options,
                CheckOptions login,
                Cancellation cancellation,
                Consumer<Timeline> live) {
            this.endpoint = endpoint;
            this.mark = mark;
            this.accepted = accepted;
            this.options = options;
            this.login = login;
            this.cancellation = cancellation;
            this.live = live;
        }

        RoundTripResult run() {
            RoundTripResult result = session();
            while (result.outcome() == RoundTripResult.Outcome.NOT_FOUND && pause()) {
                result = session();
            }
            return cancellation.isCancelled() && result.found().isEmpty()
                    ? result(result.session(), Optional.empty(), RoundTripResult.Outcome.CANCELLED)
                    : result;
        }

        /** One connection: with POP3 one look, with IMAP as many as there is time for. */
        private RoundTripResult session() {
            MailConnection connection = connector.connect(endpoint, login, cancellation, live);
            try (connection) {
                return switch (connection.outcome()) {
                    case READY -> look(connection);
                    case FAILED, STOPPED -> result(check(connection), Optional.empty(), RoundTripResult.Outcome.FAILED);
                    case CANCELLED -> result(check(connection), Optional.empty(), RoundTripResult.Outcome.CANCELLED);
                };
            }
        }

        private RoundTripResult look(MailConnection connection) {
            Mailbox mailbox = mailbox(connection);
            try {
                while (true) {
                    looks++;
                    Optional<FoundMessage> found = mailbox.look(mark, kept());
                    if (found.isPresent()) {
                        return result(check(connection), found, RoundTripResult.Outcome.FOUND);
                    }
                    if (endpoint.protocol() == Protocol.POP3 || !pause()) {
                        return result(check(connection), Optional.empty(), RoundTripResult.Outcome.NOT_FOUND);
                    }
                }
            } catch (FailureException e) {
                return broken(connection, e.failure());
            }
        }

        private Optional<Deletion> kept() {
            if (!options.delete()) {
                return Optional.of(Deletion.KEPT);
            }
            return endpoint.connections().readOnly() ? Optional.of(Deletion.READ_ONLY) : Optional.empty();
        }

        private Mailbox mailbox(MailConnection connection) {
            boolean pipelined = PipeliningState.isInForce(endpoint, connection.timeline());
            return endpoint.protocol() == Protocol.IMAP
                    ? new ImapMailbox(connection, transport -> new ImapPipeline(transport, endpoint, pipelined))
                    : new Pop3Mailbox(connection, transport -> new Pop3Pipeline(transport, endpoint, pipelined), known);
        }

        private RoundTripResult broken(MailConnection connection, Failure failure) {
            Timeline now = connection.timeline();
            boolean cancelled = failure instanceof Failure.Cancelled;
            CheckResult session = new CheckResult(
                    endpoint,
                    cancelled ? CheckOutcome.CANCELLED : CheckOutcome.FAILED,
                    now.withFailure(Optional.of(failure)));
            return result(
                    session,
                    Optional.empty(),
                    cancelled ? RoundTripResult.Outcome.CANCELLED : RoundTripResult.Outcome.FAILED);
        }

        private CheckResult check(MailConnection connection) {
            return new CheckResult(endpoint, connection.outcome(), connection.timeline());
        }

        private RoundTripResult result(
                CheckResult session, Optional<FoundMessage> found, RoundTripResult.Outcome outcome) {
            return new RoundTripResult(session, found, elapsed(), looks, outcome);
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - accepted);
        }

        /** Waits before the next look, each time longer; returns whether there is to be one. */
        private boolean pause() {
            Duration left = options.patience().minus(elapsed());
            if (!left.isPositive() || cancellation.isCancelled()) {
                return false;
            }
            Duration now = left.compareTo(pause) < 0 ? left : pause;
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            CountDownLatch stopped = new CountDownLatch(1);
            try (var _ = cancellation.onCancel(stopped::countDown)) {
                return !stopped.await(now.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
