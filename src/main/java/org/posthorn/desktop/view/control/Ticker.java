package org.posthorn.desktop.view.control;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableBooleanValue;
import javafx.util.Duration;
import javafx.util.Subscription;

/** Does something once a second, while there is reason to. */
public final class Ticker implements AutoCloseable {
    private final Timeline clock;
    private final Subscription reason;

    public Ticker(ObservableBooleanValue wanted, Runnable action) {
        clock = new Timeline(new KeyFrame(Duration.seconds(1), _ -> action.run()));
        clock.setCycleCount(Animation.INDEFINITE);
        reason = wanted.subscribe(this::run);
    }

    private void run(boolean wanted) {
        if (wanted) {
            clock.play();
        } else {
            clock.stop();
        }
    }

    @Override
    public void close() {
        reason.unsubscribe();
        clock.stop();
    }
}
