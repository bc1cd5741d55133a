package org.posthorn.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A person's wish to stop, heard by whatever blocks at the moment. It is given once and never taken back. */
public final class Cancellation {
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private boolean cancelled;

    /** The end of an interest in the cancellation. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Ends what is under way; returns at once. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Runs an action when the wish comes, or now if it has come already. */
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return () -> forget(action);
            }
        }
        action.run();
        return () -> {};
    }

    private synchronized void forget(Runnable action) {
        actions.remove(action);
    }
}
