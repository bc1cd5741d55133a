package org.posthorn.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;

/**
 * A connection of a client, opened at its first use. One that met a timeout, a cancel or a broken protocol is dead, since a
 * late reply could be taken for the next command's: the next use opens another in its place. Safe for any number of threads;
 * they take turns.
 */
public final class ClientConnection implements AutoCloseable {
    private final Kind kind;
    private final Optional<Thread> owner;
    private final Connector connector;
    private final Endpoint endpoint;
    private final CheckOptions options;
    private final OnConnect hook;
    private final Consumer<ClientConnection> live;
    private final Cancellation cancellation = new Cancellation();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile Optional<MailConnection> session = Optional.empty();
    private volatile Timeline timeline = Timeline.empty(0);
    private volatile Optional<Answer> answer = Optional.empty();
    private volatile Optional<Failure> lost = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whose the connection is. */
    public enum Kind {
        /** The client's: made and closed by it alone. */
        MAIN,
        /** One thread's. */
        DEFAULT,
        /** Nobody's: used only where it is passed. */
        INDEPENDENT
    }

    /** Something that is done on a connection that is logged in. */
    @FunctionalInterface
    public interface Operation<T> {
        T run(MailConnection connection) throws FailureException;
    }

    /**
     * The server's last answer to the command that asks for nothing.
     *
     * @param at when it came
     */
    public record Answer(Instant at, Duration roundTrip) {}

    ClientConnection(
            Kind kind,
            Optional<Thread> owner,
            Connector connector,
            Endpoint endpoint,
            CheckOptions options,
            OnConnect hook,
            Consumer<ClientConnection> live) {
        this.kind = kind;
        this.owner = owner;
        this.connector = connector;
        this.endpoint = endpoint;
        this.options = options;
        this.hook = hook;
        this.live = live;
    }

    public Kind kind() {
        return kind;
    }

    /** The thread of a default connection. */
    public Optional<Thread> owner() {
        return owner;
    }

    /** What has happened on it, or on the one that took its place; where it broke in use, with what broke it. */
    public Timeline timeline() {
        Timeline now = session.map(MailConnection::timeline).orElse(timeline);
        return lost.filter(_ -> now.state() == ConnectionState.BROKEN)
                .map(now::endedBy)
                .orElse(now);
    }

    public ConnectionState state() {
        return closed.get() && session.isEmpty()
                ? ConnectionState.CLOSED
                : timeline().state();
    }

    /** Whether it is closed or on the way there, and never opened again. */
    public boolean isClosed() {
        return closed.get();
    }

    /** When the server last answered, be it at the opening; empty before it was open. */
    public Optional<Answer> answer() {
        return answer;
    }

    /** How long the server took to answer last; empty before it was open. */
    public Optional<Duration> roundTrip() {
        return answer.map(Answer::roundTrip);
    }

    /**
     * Does something on it when its turn has come, and opens it where it is not open yet.
     *
     * @throws FailureException when it cannot be opened, or what the operation throws: a refusal leaves it as it was, anything
     *     else leaves it dead, and the next use opens another
     * @throws IllegalStateException when it has been closed
     */
    public <T> T run(Operation<T> operation) throws FailureException {
        turn.lock();
        try {
            return operation.run(opened());
        } catch (FailureException e) {
            lost(e.failure());
            throw e;
        } finally {
            turn.unlock();
            live.accept(this);
        }
    }

    Duration noop() throws FailureException {
        return run(this::measured);
    }

    /** Checks the connection if it is open and nobody uses it; what is found out is told by the state. */
    void check() {
        if (!turn.tryLock()) {
            return;
        }
        try {
            if (session.isPresent() && timeline().state() == ConnectionState.READY) {
                measured(session.get());
            }
        } catch (FailureException e) {
            // The connection is broken now, which its state tells.
            lost(e.failure());
        } finally {
            turn.unlock();
            live.accept(this);
        }
    }

    /** What broke it first is the reason of what follows; a refusal breaks nothing. */
    private synchronized void lost(Failure failure) {
        boolean over = session.map(open -> open.timeline().state().isFinal()).orElse(true);
        lost = over ? lost.or(() -> Optional.of(failure)) : Optional.empty();
    }

    /** Whether it is open, and no other answer is awaited on it. */
    boolean isIdle() {
        return !turn.isLocked() && state() == ConnectionState.READY;
    }

    /** This machine's address on it; absent before it was open. */
    Optional<String> localAddress() {
        return timeline().latest(Facts.Connected.class).flatMap(Facts.Connected::local);
    }

    /**
     * Gives it up at once, since it cannot be alive any more; the next use opens another.
     *
     * @param why what has happened, without a full stop
     */
    public void abandon(String why) {
        session.filter(_ -> !state().isFinal()).ifPresent(open -> {
            giveUp(new Failure.ConnectionLost(Phase.READY, why));
            open.abandon(why);
            live.accept(this);
        });
    }

    private synchronized void giveUp(Failure reason) {
        lost = Optional.of(reason);
    }

    private Duration measured(MailConnection connection) throws FailureException {
        Duration measured = connection.noop();
        answered(measured);
        return measured;
    }

    private void answered(Duration roundTrip) {
        answer = Optional.of(new Answer(connector.clock().instant(), roundTrip));
    }

    private MailConnection opened() throws FailureException {
        if (closed.get()) {
            throw new IllegalStateException("the connection has been closed");
        }
        if (session.isEmpty() || timeline().state().isFinal()) {
            session = Optional.empty();
            lost = Optional.empty();
            session = Optional.of(open());
        }
        return session.get();
    }

    private MailConnection open() throws FailureException {
        MailConnection opened = connector.connect(endpoint, options, cancellation, this::learn);
        if (opened.outcome() != CheckOutcome.READY) {
            throw new FailureException(opened.timeline().failure().orElseGet(() -> new Failure.Cancelled(Phase.READY)));
        }
        try {
            hook.connected(kind, opened);
        } catch (FailureException | RuntimeException e) {
            opened.close();
            throw e;
        }
        opened.timeline().latest(Facts.Live.class).map(Facts.Live::roundTrip).ifPresent(this::answered);
        return opened;
    }

    private void learn(Timeline now) {
        timeline = now;
        live.accept(this);
    }

    /** Takes leave in order, or at once from whatever is under way. */
    @Override
    public void close() {
        boolean first = !closed.getAndSet(true);
        // What is under way is cut short, but not another's farewell.
        if (first && turn.isLocked()) {
            cancellation.cancel();
        }
        turn.lock();
        try {
            session.ifPresent(MailConnection::close);
        } finally {
            turn.unlock();
            live.accept(this);
        }
    }
}
