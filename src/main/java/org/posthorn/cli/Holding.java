package org.posthorn.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.posthorn.account.Endpoint;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.Connector;
import org.posthorn.client.EmailClient;
import org.posthorn.client.NetworkWatch;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;

/**
 * Keeps connections open for a while, as a mail program does: the current one of the assignment mode, and independent ones up
 * to the number that heavy work takes. The client checks them at the checkup period meanwhile.
 */
final class Holding {
    private final Endpoint endpoint;
    private final Connector connector;
    private final CheckOptions options;
    private final Cancellation cancellation;
    private final List<ClientConnection> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Holding(Endpoint endpoint, Connector connector, CheckOptions options, Cancellation cancellation) {
        this.endpoint = endpoint;
        this.connector = connector;
        this.options = options;
        this.cancellation = cancellation;
    }

    /**
     * A connection as it was at the end.
     *
     * @param kind main, default or independent
     * @param number in the log
     * @param roundTrip of the last NOOP
     * @param failure why it did not come about, or is gone
     */
    record Held(String kind, int number, ConnectionState end, Optional<Duration> roundTrip, Optional<Failure> failure) {
        /** Whether it came about and was gone before the end; one that the server refused was never there. */
        boolean isLost() {
            return roundTrip.isPresent() && end.isFinal();
        }

        /** In a word; one that never came about was refused. */
        String state() {
            return roundTrip.isEmpty() ? "refused" : end.name().toLowerCase(Locale.ROOT);
        }
    }

    List<Held> run(Duration span) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("posthorn-checkup").factory());
        try (EmailClient client = new EmailClient(endpoint, connector, options, timer, _ -> endWhenAllAreGone());
                var _ = NetworkWatch.ofMachine(timer, Clock.systemUTC(), client::networkChanged)) {
            open(client);
            endWhenAllAreGone();
            await(span);
            return connections.stream().map(Holding::held).toList();
        } finally {
            timer.shutdownNow();
        }
    }

    private void open(EmailClient client) {
        int wanted = endpoint.connections().connectionsForHeavyWork();
        while (connections.size() < wanted && !cancellation.isCancelled()) {
            ClientConnection connection =
                    connections.isEmpty() ? client.currentConnection() : client.createConnection();
            boolean answers = answers(client, connection);
            connections.add(connection);
            if (!answers) {
                // A server that refuses one more refuses all that follow.
                return;
            }
        }
    }

    private boolean answers(EmailClient client, ClientConnection connection) {
        try (var _ = cancellation.onCancel(connection::close)) {
            client.noop(connection);
            return true;
        } catch (FailureException | IllegalStateException _) {
            // What it was stands in its timeline.
            return false;
        }
    }

    private void await(Duration span) {
        try (var _ = cancellation.onCancel(stopped::countDown)) {
            stopped.await(span.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody waits for connections that are no more. */
    private void endWhenAllAreGone() {
        if (!connections.isEmpty() && connections.stream().allMatch(Holding::isGone)) {
            stopped.countDown();
        }
    }

    /** One that broke is looked at once it is known why. */
    private static boolean isGone(ClientConnection held) {
        return held.state().isFinal() && held.timeline().failure().isPresent();
    }

    private static Held held(ClientConnection connection) {
        return new Held(
                connection.kind().name().toLowerCase(Locale.ROOT),
                connection.timeline().connection(),
                connection.state(),
                connection.roundTrip(),
                connection.timeline().failure());
    }
}
