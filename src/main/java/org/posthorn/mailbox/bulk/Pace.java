package org.posthorn.mailbox.bulk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.posthorn.transport.Cancellation;

/** How fast messages follow each other over all connections together: without a pause, until the server wants one. */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Cancellation cancellation;
    private Duration pause = Duration.ZERO;
    private long next = System.nanoTime();

    Pace(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /** Doubles the pause; returns it. */
    synchronized Duration slow() {
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        next = Math.max(next, System.nanoTime() + pause.toNanos());
        return pause;
    }

    /** Returns when the turn has come, or at a cancel. */
    void await() {
        long wait = turn() - System.nanoTime();
        CountDownLatch cut = new CountDownLatch(1);
        try (var _ = cancellation.onCancel(cut::countDown)) {
            cut.await(wait, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long turn() {
        long turn = Math.max(next, System.nanoTime());
        next = turn + pause.toNanos();
        return turn;
    }
}
