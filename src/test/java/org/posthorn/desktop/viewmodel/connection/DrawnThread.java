package org.posthorn.desktop.viewmodel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Plays the window's thread on a test's own. */
public final class DrawnThread implements Executor {
    private final BlockingQueue<Runnable> actions = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable action) {
        actions.add(action);
    }

    /** Draws what is to be drawn until something is so. */
    public void drawUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Runnable next = actions.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("something to draw").isNotNull();
            next.run();
        }
    }
}
