package org.posthorn.transport;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.posthorn.timeline.FailureException;

/**
 * Ends blocking work at an absolute deadline or at a cancel, by closing what it blocks on: the one way that also ends a
 * write to a peer that does not read, and a read that gets a byte now and then.
 */
final class Guard {
    private final ScheduledExecutorService timer;
    private final Cancellation cancellation;

    Guard(ScheduledExecutorService timer, Cancellation cancellation) {
        this.timer = timer;
        this.cancellation = cancellation;
    }

    /** Work that blocks. */
    interface Work<T> {
        T run() throws IOException, FailureException;
    }

    /** The deadline passed; the target is closed. */
    static final class DeadlinePassed extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The person stopped it; the target is closed. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private enum End {
        NONE,
        DONE,
        DEADLINE,
        CANCEL
    }

    <T> T within(Duration limit, Closeable target, Work<T> work) throws IOException, FailureException {
        AtomicReference<End> end = new AtomicReference<>(End.NONE);
        Future<?> deadline =
                timer.schedule(() -> close(target, end, End.DEADLINE), limit.toNanos(), TimeUnit.NANOSECONDS);
        try (var _ = cancellation.onCancel(() -> close(target, end, End.CANCEL))) {
            T result = run(work, end);
            if (!end.compareAndSet(End.NONE, End.DONE)) {
                throw ended(end.get());
            }
            return result;
        } finally {
            deadline.cancel(false);
        }
    }

    private static <T> T run(Work<T> work, AtomicReference<End> end) throws IOException, FailureException {
        try {
            return work.run();
        } catch (IOException e) {
            throw end.compareAndSet(End.NONE, End.DONE) ? e : ended(end.get());
        } catch (FailureException e) {
            // Closing tells the peer first: what it says to that may still be read, and is no longer an answer.
            if (end.compareAndSet(End.NONE, End.DONE)) {
                throw e;
            }
            throw ended(end.get());
        }
    }

    private static IOException ended(End end) {
        return end == End.CANCEL ? new Stopped() : new DeadlinePassed();
    }

    private static void close(Closeable target, AtomicReference<End> end, End reason) {
        if (end.compareAndSet(End.NONE, reason)) {
            Sockets.close(target);
        }
    }
}
