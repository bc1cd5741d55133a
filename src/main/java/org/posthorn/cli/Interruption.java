package org.posthorn.cli;

import java.time.Duration;
import java.util.function.Supplier;
import org.posthorn.transport.Cancellation;

/** A person's Ctrl-C: it ends the check that runs and leaves it the time to say what it knows so far. */
final class Interruption {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Cancellation cancellation = new Cancellation();
    private boolean busy;

    Cancellation cancellation() {
        return cancellation;
    }

    /** Runs work that an interruption waits for. */
    <T> T during(Supplier<T> work) {
        setBusy(true);
        try {
            return work.get();
        } finally {
            setBusy(false);
        }
    }

    private synchronized void setBusy(boolean now) {
        busy = now;
        notifyAll();
    }

    /** Cancels and returns when the work has ended, at the latest after ten seconds; without work at once. */
    void interrupt() {
        cancellation.cancel();
        awaitEnd();
    }

    private synchronized void awaitEnd() {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        try {
            while (busy && deadline - System.nanoTime() > 0) {
                wait(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
