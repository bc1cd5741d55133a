package org.posthorn.testkit;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Runs many cases at once, since most of them only wait; each that fails is told by its name. */
public final class Together {
    private static final int AT_ONCE = 64;

    private Together() {}

    /** One case, which throws when it fails. */
    @FunctionalInterface
    public interface Case {
        void run() throws Exception;
    }

    public static void run(Map<String, Case> cases) {
        Queue<AssertionError> failed = new ConcurrentLinkedQueue<>();
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cases.forEach((name, test) -> {
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        test.run();
                    } catch (Exception | AssertionError e) {
                        failed.add(new AssertionError(name + ": " + e, e));
                    } finally {
                        places.release();
                    }
                });
            });
        }
        if (!failed.isEmpty()) {
            AssertionError all = new AssertionError(failed.size() + " of " + cases.size() + " failed, first "
                    + failed.peek().getMessage());
            failed.forEach(all::addSuppressed);
            throw all;
        }
    }
}
