package org.posthorn.desktop.view.log;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.wire.WireLog;

/**
 * Feeds the view once per pulse, and sleeps while nothing comes. The first line after a sleep wakes it; the lines behind
 * it cost the writer one look at a flag.
 */
final class LogFeed extends AnimationTimer {
    private static final int IDLE_PULSES = 30;

    private final LogViewModel model;
    private final Executor uiThread;
    private final AtomicBoolean awake = new AtomicBoolean();
    private WireLog.@Nullable Subscription lines;
    private int idle;

    LogFeed(LogViewModel model, Executor uiThread) {
        this.model = model;
        this.uiThread = uiThread;
    }

    /** Feeds until the subscription ends, whichever log the model shows. */
    Subscription run() {
        Subscription logs = model.logProperty().subscribe(this::hear);
        Subscription searches = model.find().queryProperty().subscribe(this::wake);
        return logs.and(searches).and(this::end);
    }

    @Override
    public void handle(long now) {
        idle = model.refresh() ? 0 : idle + 1;
        if (idle > IDLE_PULSES) {
            stop();
            awake.set(false);
            lookOnceMore();
        }
    }

    /** A line may have come between the last look and the flag. */
    private void lookOnceMore() {
        if (model.refresh()) {
            wake();
        }
    }

    private void hear(WireLog log) {
        closeLines();
        lines = log.subscribe(_ -> wake());
        wake();
    }

    private void end() {
        stop();
        closeLines();
    }

    private void closeLines() {
        if (lines != null) {
            lines.close();
        }
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            uiThread.execute(() -> {
                idle = 0;
                start();
            });
        }
    }
}
