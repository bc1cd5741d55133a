package org.posthorn.timeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Records one connection and publishes a snapshot at each change, in the order of the changes and on the thread that made
 * them; the listener must return quickly.
 */
public final class TimelineRecorder {
    private final Clock clock;
    private final Consumer<Timeline> listener;
    private final Masking masking;
    private final List<PhaseRecord> records = new ArrayList<>();
    private final int connection;
    private ConnectionState state = ConnectionState.CREATED;
    private Optional<Failure> failure = Optional.empty();
    private int attempt = 1;
    private long startedNanos;
    private StateTimes times = StateTimes.none();
    private long enteredNanos = System.nanoTime();

    /**
     * For one connection.
     *
     * @param mask takes the secrets out of a server's words; nothing is recorded that has not passed it
     */
    public TimelineRecorder(int connection, Clock clock, Consumer<Timeline> listener, UnaryOperator<String> mask) {
        this.connection = connection;
        this.clock = clock;
        this.listener = listener;
        this.masking = new Masking(mask);
    }

    /** Begins a phase; the one before it must have ended. */
    public synchronized void begin(Phase phase) {
        startedNanos = System.nanoTime();
        Instant now = clock.instant();
        records.add(
                new PhaseRecord(phase, attempt, now, Duration.ZERO, Outcome.RUNNING, Facts.none(), Optional.empty()));
        publish();
    }

    /** Adds what the running phase has learnt so far. */
    public synchronized void learn(Facts facts) {
        PhaseRecord running = running();
        replaceLast(new PhaseRecord(
                running.phase(),
                running.attempt(),
                running.start(),
                Duration.ZERO,
                Outcome.RUNNING,
                masking.of(facts),
                Optional.empty()));
        publish();
    }

    /** Ends the running phase well, with the facts it has. */
    public synchronized void succeed() {
        end(Outcome.OK, Optional.empty());
    }

    /** Ends the running phase as one that was not needed. */
    public synchronized void skip() {
        end(Outcome.SKIPPED, Optional.empty());
    }

    public synchronized void succeed(Facts facts) {
        learnQuietly(facts);
        end(Outcome.OK, Optional.empty());
    }

    /** Ends the running phase, if one runs, with a failure; the session may still go on with another attempt. */
    public synchronized void fail(Failure reason) {
        Outcome outcome = reason instanceof Failure.Cancelled ? Outcome.CANCELLED : Outcome.FAILED;
        reopen(reason.stage());
        if (!records.isEmpty() && records.getLast().isRunning()) {
            end(outcome, Optional.of(masked(reason)));
        }
    }

    /**
     * A server may refuse a phase when the next has begun, as TLS 1.3 does a client without a certificate (RFC 8446 §4.4.2.4):
     * then the next has not happened.
     */
    private void reopen(Phase stage) {
        int before = records.size() - 2;
        if (before >= 0
                && records.getLast().isRunning()
                && records.get(before).phase() == stage
                && records.getLast().phase() != stage
                && records.get(before).attempt() == attempt) {
            records.removeLast();
            PhaseRecord again = records.getLast();
            startedNanos = System.nanoTime() - again.elapsed().toNanos();
            replaceLast(new PhaseRecord(
                    stage, attempt, again.start(), Duration.ZERO, Outcome.RUNNING, again.facts(), Optional.empty()));
        }
    }

    /** The failure that ends the session. */
    public synchronized void finish(Failure reason) {
        fail(reason);
        failure = Optional.of(masked(reason));
        publish();
    }

    /** A failure as it may be shown. */
    public Failure masked(Failure reason) {
        return masking.of(reason);
    }

    public synchronized void nextAttempt() {
        attempt++;
    }

    /**
     * Changes the state.
     *
     * @return whether the change is allowed from the present state; where it is not, nothing changes
     */
    public synchronized boolean become(ConnectionState next) {
        if (!state.mayBecome(next)) {
            return false;
        }
        times = timesNow();
        enteredNanos = System.nanoTime();
        state = next;
        publish();
        return true;
    }

    /** The phase that runs, else the one that ended last, else {@link Phase#RESOLVE}. */
    public synchronized Phase phase() {
        return records.isEmpty() ? Phase.RESOLVE : records.getLast().phase();
    }

    public synchronized Timeline snapshot() {
        return new Timeline(connection, state, records, failure, timesNow());
    }

    private StateTimes timesNow() {
        return state.isFinal() ? times : times.plus(state, Duration.ofNanos(System.nanoTime() - enteredNanos));
    }

    private void end(Outcome outcome, Optional<Failure> reason) {
        PhaseRecord running = running();
        replaceLast(new PhaseRecord(
                running.phase(),
                running.attempt(),
                running.start(),
                Duration.ofNanos(System.nanoTime() - startedNanos),
                outcome,
                running.facts(),
                reason));
        publish();
    }

    private void learnQuietly(Facts facts) {
        PhaseRecord running = running();
        replaceLast(new PhaseRecord(
                running.phase(),
                running.attempt(),
                running.start(),
                running.elapsed(),
                running.outcome(),
                masking.of(facts),
                running.failure()));
    }

    private PhaseRecord running() {
        if (records.isEmpty() || !records.getLast().isRunning()) {
            throw new IllegalStateException("no phase is running");
        }
        return records.getLast();
    }

    private void replaceLast(PhaseRecord record) {
        records.set(records.size() - 1, record);
    }

    private void publish() {
        listener.accept(snapshot());
    }
}
