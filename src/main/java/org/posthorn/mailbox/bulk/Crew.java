package org.posthorn.mailbox.bulk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.EmailClient;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
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
    private final Cancellation cancellation;
    private final Board board;
    private final ClientConnection first;
    private final long started = System.nanoTime();
    private final CountDownLatch halt = new CountDownLatch(1);
    private final Deque<Share> queue = new ArrayDeque<>();
    private final List<ClientConnection> connections = new ArrayList<>();
    private final List<Thread> closings = new ArrayList<>();
    private int workers;
    private int active;
    private int opening;
    private int open;
    private int most;
    private int failedOpenings;
    private boolean stopped;
    private boolean gaveUp;
    private Optional<Broken> broken = Optional.empty();
    private Optional<Throwable> thrown = Optional.empty();

    /** A job and how often it was broken off. */
    private record Share(Job job, int losses) {}

    /** What a worker does whose connection did not come about. */
    private enum Step {
        /** All is stopped. */
        STOP,
        /** All ends: there is no hope for any. */
        FAIL,
        /** The others go on without it. */
        RETIRE,
        TRY_AGAIN
    }

    /** What ended the work early. */
    private record Broken(Timeline timeline, Failure failure) {}

    Crew(EmailClient client, int connections, Cancellation cancellation, Board board) {
        this.client = client;
        this.workers = connections;
        this.cancellation = cancellation;
        this.board = board;
        this.first = client.currentConnection();
    }

    /**
     * Does the jobs, and those that come of them, and returns when all connections but the client's own are closed.
     */
    WorkEnd run(List<Job> jobs) {
        jobs.forEach(job -> queue.add(new Share(job, 0)));
        List<Thread> threads = new ArrayList<>();
        try (var _ = cancellation.onCancel(this::stop)) {
            for (int i = 0; i < workers; i++) {
                Worker worker = new Worker(i == 0 ? Optional.of(first) : Optional.empty());
                threads.add(Thread.ofVirtual().unstarted(worker));
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
                most,
                Duration.ofNanos(System.nanoTime() - started));
    }

    private WorkEnd.Outcome outcome() {
        if (queue.isEmpty() && active == 0) {
            return gaveUp ? WorkEnd.Outcome.PARTLY : WorkEnd.Outcome.COMPLETE;
        }
        boolean cut = broken.map(Broken::failure)
                .filter(Failure.Cancelled.class::isInstance)
                .isPresent();
        return cancellation.isCancelled() || cut ? WorkEnd.Outcome.CANCELLED : WorkEnd.Outcome.FAILED;
    }

    /** Ends everything at once; returns without waiting for it. */
    private void stop() {
        List<ClientConnection> under;
        synchronized (this) {
            stopped = true;
            notifyAll();
            under = List.copyOf(connections);
            under.forEach(connection -> closings.add(Thread.ofVirtual().unstarted(connection::close)));
            closings.stream()
                    .filter(thread -> thread.getState() == Thread.State.NEW)
                    .forEach(Thread::start);
        }
        halt.countDown();
    }

    private void fail(ClientConnection connection, Failure failure) {
        synchronized (this) {
            if (broken.isEmpty() && !stopped) {
                broken = Optional.of(new Broken(connection.timeline(), failure));
            }
        }
        stop();
    }

    private void failBy(Throwable bug) {
        synchronized (this) {
            thrown = thrown.or(() -> Optional.of(bug));
        }
        stop();
    }

    /** One connection and the thread that works on it. */
    private final class Worker implements Runnable {
        private Optional<ClientConnection> own;
        private boolean isOpen;
        private int refusals;

        Worker(Optional<ClientConnection> own) {
            this.own = own;
        }

        @Override
        public void run() {
            try {
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = isOpen ? work() : open();
                }
            } catch (RuntimeException | Error e) {
                failBy(e);
            } finally {
                leave();
            }
        }

        private ClientConnection connection() {
            ClientConnection connection = own.orElseGet(client::createConnection);
            synchronized (Crew.this) {
                if (!connections.contains(connection)) {
                    connections.add(connection);
                }
            }
            own = Optional.of(connection);
            return connection;
        }

        /** Opens the connection once there is something to do; returns whether to go on. */
        private boolean open() {
            if (!mayOpen()) {
                return false;
            }
            ClientConnection connection = connection();
            try {
                connection.run(ready -> ready);
            } catch (FailureException e) {
                return afterRefusal(connection, e.failure());
            } catch (IllegalStateException e) {
                return closedUnder(e);
            }
            isOpen = true;
            refusals = 0;
            synchronized (Crew.this) {
                opening--;
                open++;
                most = Math.max(most, open);
                failedOpenings = 0;
                Crew.this.notifyAll();
            }
            board.change(now -> now.opened(1));
            return true;
        }

        private boolean closedUnder(IllegalStateException e) {
            synchronized (Crew.this) {
                if (stopped) {
                    return false;
                }
            }
            throw e;
        }

        private boolean mayOpen() {
            synchronized (Crew.this) {
                await(() -> isDone() || (!queue.isEmpty() && opening < Math.max(1, open)));
                boolean may = !stopped && !isDone();
                opening += may ? 1 : 0;
                return may;
            }
        }

        private boolean afterRefusal(ClientConnection connection, Failure failure) {
            refusals++;
            Step step;
            int attempt;
            int left;
            synchronized (Crew.this) {
                attempt = ++failedOpenings;
                step = stopped ? Step.STOP : stepAfter(failure, attempt);
                workers -= step == Step.RETIRE ? 1 : 0;
                opening -= step == Step.RETIRE ? 1 : 0;
                left = workers;
                Crew.this.notifyAll();
            }
            return switch (step) {
                case STOP -> false;
                case FAIL -> {
                    fail(connection, failure);
                    yield false;
                }
                case RETIRE -> {
                    lowered(left, failure);
                    yield false;
                }
                case TRY_AGAIN -> {
                    tryAgain(connection, failure, attempt);
                    yield true;
                }
            };
        }

        /** Only with the lock. */
        private Step stepAfter(Failure failure, int attempt) {
            boolean limit = ServerLimit.isMetBy(failure);
            boolean hopeless = failure instanceof Failure.LoginRejected && !limit;
            boolean patienceEnded = open == 0 ? attempt > RETRIES : refusals > RETRIES;
            boolean alone = workers == 1 || open == 0;
            if (failure instanceof Failure.Cancelled || most == 0 || (alone && (hopeless || patienceEnded))) {
                return Step.FAIL;
            }
            boolean retires = workers > 1 && ((limit && open > 0) || hopeless || patienceEnded);
            return retires ? Step.RETIRE : Step.TRY_AGAIN;
        }

        private void tryAgain(ClientConnection connection, Failure failure, int attempt) {
            board.change(now -> now.told(new Notice.Lost(connection.timeline().connection(), failure)));
            pause(attempt);
            synchronized (Crew.this) {
                opening--;
                Crew.this.notifyAll();
            }
        }

        private void lowered(int left, Failure failure) {
            Notice.Lowered notice = new Notice.Lowered(left + 1, left, failure);
            board.change(now -> now.lowered(notice));
        }

        /** Does one job; returns whether to go on. */
        private boolean work() {
            Optional<Share> share = take();
            if (share.isEmpty()) {
                return false;
            }
            Job job = share.get().job();
            ClientConnection connection = connection();
            try {
                List<Job> more = connection.run(job::run);
                done(more);
                return true;
            } catch (FailureException e) {
                return e.failure() instanceof Failure.CommandRejected
                        ? refused(job, e.failure())
                        : lost(share.get(), connection, e.failure());
            } catch (IllegalStateException e) {
                giveBack(share.get());
                return closedUnder(e);
            }
        }

        private boolean refused(Job job, Failure failure) {
            job.giveUp(failure);
            board.change(now -> now.told(new Notice.GivenUp(job.part(), failure)));
            synchronized (Crew.this) {
                gaveUp = true;
            }
            done(job.rest());
            return true;
        }

        private boolean lost(Share share, ClientConnection connection, Failure failure) {
            isOpen = false;
            Job job = share.job();
            int losses = share.losses() + 1;
            boolean retires;
            int left;
            synchronized (Crew.this) {
                open--;
                if (stopped || failure instanceof Failure.Cancelled) {
                    giveBack(share);
                    broken = broken.or(() -> Optional.of(new Broken(connection.timeline(), failure)));
                    return false;
                }
                retires = workers > 1 && ServerLimit.isMetBy(failure);
                workers -= retires ? 1 : 0;
                left = workers;
            }
            board.change(now ->
                    now.opened(-1).told(new Notice.Lost(connection.timeline().connection(), failure)));
            if (retires) {
                lowered(left, failure);
            }
            if (losses > RETRIES) {
                refused(job, failure);
            } else {
                giveBack(new Share(job, losses));
            }
            return !retires;
        }

        /** The client's own connection stays open, any other is nobody's now. */
        private void leave() {
            boolean was = isOpen;
            isOpen = false;
            own.filter(connection -> connection.kind() == ClientConnection.Kind.INDEPENDENT)
                    .ifPresent(ClientConnection::close);
            if (was) {
                synchronized (Crew.this) {
                    open--;
                }
                board.change(now -> now.opened(-1));
            }
        }
    }

    private synchronized Optional<Share> take() {
        await(() -> !queue.isEmpty() || active == 0);
        if (stopped || queue.isEmpty()) {
            notifyAll();
            return Optional.empty();
        }
        active++;
        return Optional.of(queue.remove());
    }

    private synchronized void giveBack(Share share) {
        active--;
        queue.addFirst(share);
        notifyAll();
    }

    private synchronized void done(List<Job> more) {
        active--;
        more.forEach(job -> queue.add(new Share(job, 0)));
        notifyAll();
    }

    private boolean isDone() {
        return queue.isEmpty() && active == 0;
    }

    /** Only with the lock; ends also when all is stopped. */
    private void await(BooleanSupplier until) {
        try {
            while (!stopped && !until.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException _) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    private void pause(int attempt) {
        try {
            halt.await(FIRST_PAUSE.toMillis() << (2 * Math.min(attempt - 1, RETRIES)), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
