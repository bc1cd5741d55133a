package org.posthorn.mailbox.bulk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.EmailClient;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;

/**
 * The connections of a client that share jobs. The first is opened alone, so that wrong settings cost one login; then as many
 * at once as there are already. One that is lost is replaced; where the server refuses more, the others go on.
 */
final class Crew {
    /** Attempts after the first that brings nothing. */
    static final int RETRIES = 3;

    /** Before another attempt to connect; each is four times as long as the one before. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final EmailClient client;
    private final int workers;
    private final Cancellation cancellation;
    private final Board board;
    private final Shares shares;
    private final ClientConnection first;
    private final long started = System.nanoTime();
    private final CountDownLatch halt = new CountDownLatch(1);
    private final Set<ClientConnection> connections = new LinkedHashSet<>();
    private final List<Thread> closings = new ArrayList<>();
    private Optional<Broken> broken = Optional.empty();
    private Optional<Throwable> thrown = Optional.empty();

    /** What ended the work early. */
    private record Broken(Timeline timeline, Failure failure) {}

    Crew(EmailClient client, int connections, Cancellation cancellation, Board board) {
        this.client = client;
        this.workers = connections;
        this.cancellation = cancellation;
        this.board = board;
        this.shares = new Shares(connections);
        this.first = client.currentConnection();
    }

    /**
     * Does the jobs, and those that come of them, and returns when all connections but the client's own are closed.
     */
    WorkEnd run(List<Job> jobs) {
        shares.add(jobs);
        List<Thread> threads = new ArrayList<>();
        try (var _ = cancellation.onCancel(this::stop)) {
            for (int i = 0; i < workers; i++) {
                Optional<ClientConnection> own = i == 0 ? Optional.of(first) : Optional.empty();
                threads.add(Thread.ofVirtual().unstarted(new Worker(this, shares, board, own)));
            }
            threads.forEach(Thread::start);
            threads.forEach(Crew::join);
        }
        synchronized (this) {
            threads.addAll(closings);
        }
        threads.forEach(Crew::join);
        return end();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized WorkEnd end() {
        if (thrown.isPresent()) {
            switch (thrown.get()) {
                case Error error -> throw error;
                case RuntimeException bug -> throw bug;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
        Timeline timeline = broken.map(Broken::timeline).orElseGet(first::timeline);
        WorkEnd.Outcome outcome = outcome();
        CheckOutcome session = switch (outcome) {
            case COMPLETE, PARTLY -> CheckOutcome.READY;
            case FAILED -> CheckOutcome.FAILED;
            case CANCELLED -> CheckOutcome.CANCELLED;
        };
        Timeline told = session == CheckOutcome.FAILED ? timeline.withFailure(broken.map(Broken::failure)) : timeline;
        return new WorkEnd(
                outcome,
                new CheckResult(client.endpoint(), session, told),
                board.now(),
                shares.most(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    private WorkEnd.Outcome outcome() {
        if (shares.isDone()) {
            return shares.gaveUp() ? WorkEnd.Outcome.PARTLY : WorkEnd.Outcome.COMPLETE;
        }
        boolean cut = broken.map(Broken::failure)
                .filter(Failure.Cancelled.class::isInstance)
                .isPresent();
        return cancellation.isCancelled() || cut ? WorkEnd.Outcome.CANCELLED : WorkEnd.Outcome.FAILED;
    }

    /** Another for a worker, which closes it. */
    ClientConnection connection() {
        return client.createConnection();
    }

    /** A connection is at work from now on, and closed when all is stopped. */
    synchronized void takes(ClientConnection connection) {
        connections.add(connection);
    }

    /** Ends everything at once; returns without waiting for it. */
    private void stop() {
        shares.stop();
        synchronized (this) {
            connections.forEach(connection -> closings.add(Thread.ofVirtual().start(connection::close)));
        }
        halt.countDown();
    }

    /** Nothing more can be done. */
    void fail(ClientConnection connection, Failure failure) {
        if (!shares.isStopped()) {
            brokenBy(connection, failure);
        }
        stop();
    }

    /** The first that ended the work early is told. */
    synchronized void brokenBy(ClientConnection connection, Failure failure) {
        broken = broken.or(() -> Optional.of(new Broken(connection.timeline(), failure)));
    }

    void failBy(Throwable bug) {
        synchronized (this) {
            thrown = thrown.or(() -> Optional.of(bug));
        }
        stop();
    }

    /** Before another attempt to connect; ends at once when all is stopped. */
    void pause(int attempt) {
        try {
            halt.await(FIRST_PAUSE.toMillis() << (2 * Math.min(attempt - 1, RETRIES)), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
