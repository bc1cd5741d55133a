package org.posthorn.testkit;

import java.util.Comparator;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Deadlines that pass when a test says so, and however slow the machine is never before. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final Semaphore scheduled = new Semaphore(0);

    public ManualTimer() {
        super(1, Thread.ofPlatform().daemon().name("posthorn-deadlines").factory());
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        ScheduledFuture<?> future = super.schedule(task, 1, TimeUnit.DAYS);
        scheduled.release();
        return future;
    }

    /** Waits until there is a deadline and lets it pass. */
    public void elapseNext() {
        do {
            scheduled.acquireUninterruptibly();
        } while (getQueue().isEmpty());
        elapse();
    }

    /** Only the one that was scheduled last passes. */
    public void elapseLast() {
        getQueue().stream()
                .map(ScheduledFuture.class::cast)
                .max(Comparator.comparingLong(task -> task.getDelay(TimeUnit.NANOSECONDS)))
                .filter(getQueue()::remove)
                .map(Runnable.class::cast)
                .ifPresent(Runnable::run);
    }

    /** All that wait at this moment pass. */
    public void elapse() {
        for (Runnable task : getQueue().toArray(Runnable[]::new)) {
            if (getQueue().remove(task)) {
                task.run();
            }
        }
    }
}
