package org.posthorn.client;

import java.time.Duration;
import java.util.Optional;
import org.posthorn.client.line.LineEngine;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.transport.Transport;

/**
 * One connection to a mail server, or what is left of one that did not come about. Used by one thread at a time; a failure
 * leaves it broken, and it is never used again.
 */
public final class MailConnection implements AutoCloseable {
    private final TimelineRecorder recorder;
    private final CheckOutcome outcome;
    private final Optional<Open> open;

    /** The parts of a connection on which commands can be sent. */
    record Open(Transport transport, LineEngine engine) {}

    MailConnection(TimelineRecorder recorder, CheckOutcome outcome, Optional<Open> open) {
        this.recorder = recorder;
        this.outcome = outcome;
        this.open = open;
    }

    /** How connecting ended. */
    public CheckOutcome outcome() {
        return outcome;
    }

    public Timeline timeline() {
        return recorder.snapshot();
    }

    /** Something to be done on a connection that is logged in. */
    @FunctionalInterface
    public interface Task<T> {
        T run(LineEngine engine, Transport transport) throws FailureException;
    }

    /**
     * Does something on the connection. A command that the server refuses leaves it as good as before; any other failure
     * leaves it broken.
     *
     * @throws IllegalStateException when the connection is not free
     */
    public <T> T perform(Task<T> task) throws FailureException {
        Open parts = open.orElseThrow(() -> new IllegalStateException("the connection never came about"));
        if (!recorder.become(ConnectionState.BUSY)) {
            throw new IllegalStateException("the connection is " + timeline().state());
        }
        try {
            T result = task.run(parts.engine(), parts.transport());
            recorder.become(ConnectionState.READY);
            return result;
        } catch (FailureException e) {
            after(e.failure(), parts);
            throw new FailureException(recorder.masked(e.failure()));
        } catch (RuntimeException | Error bug) {
            // Half a conversation may have been said.
            end(parts);
            throw bug;
        }
    }

    private void after(Failure failure, Open parts) {
        if (failure instanceof Failure.CommandRejected) {
            recorder.become(ConnectionState.READY);
        } else {
            end(parts);
        }
    }

    private void end(Open parts) {
        parts.transport().close();
        recorder.become(ConnectionState.BROKEN);
    }

    /** Ends it at once, from any thread; what is under way on it fails. */
    void abandon(String why) {
        open.ifPresent(parts -> {
            parts.transport().note("The connection is given up: " + why + ".");
            end(parts);
        });
    }

    /**
     * Sends the command that asks for nothing and measures its round trip.
     *
     * @throws FailureException when the server refused it, or no answer came within the operation timeout
     * @throws IllegalStateException when the connection is not free
     */
    public Duration noop() throws FailureException {
        return perform((engine, _) -> {
            long start = System.nanoTime();
            engine.noop();
            return Duration.ofNanos(System.nanoTime() - start);
        });
    }

    /** Takes leave in order where that is still possible, and closes; does nothing the second time. */
    @Override
    public void close() {
        open.ifPresent(this::leave);
    }

    private void leave(Open parts) {
        if (!recorder.become(ConnectionState.CLOSING)) {
            parts.transport().close();
            return;
        }
        try {
            parts.engine().logout();
            parts.transport().close();
            recorder.become(ConnectionState.CLOSED);
        } catch (FailureException e) {
            parts.transport()
                    .note("The server did not take leave in order ("
                            + e.failure().kind() + ").");
            parts.transport().close();
            recorder.become(ConnectionState.BROKEN);
        }
    }
}
