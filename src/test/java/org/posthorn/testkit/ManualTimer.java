package org.posthorn.testkit;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines that pass when a test says so, and however slow the machine is never before. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {
    public ManualTimer() {
        super(1, Thread.ofPlatform().daemon().name("posthorn-deadlines").factory());
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(task, 1, TimeUnit.DAYS);
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
