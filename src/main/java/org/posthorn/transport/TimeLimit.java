package org.posthorn.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One deadline for several pieces of work, each of which has limits of its own; closing it ends the deadline. */
public final class TimeLimit implements AutoCloseable {
    private final Cancellation cancellation = new Cancellation();
    private final Cancellation.Registration person;
    private final Future<?> deadline;

    TimeLimit(ScheduledExecutorService timer, Duration span, Cancellation person) {
        this.deadline = timer.schedule(cancellation::cancel, span.toNanos(), TimeUnit.NANOSECONDS);
        this.person = person.onCancel(cancellation::cancel);
    }

    /** What the work listens to: it comes when the time is over, or when the person stops it. */
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void close() {
        deadline.cancel(false);
        person.close();
    }
}
