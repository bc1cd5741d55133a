package org.posthorn.desktop.viewmodel.connections;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as precisely as a person cares. */
final class Age {
    private Age() {}

    static String text(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        // A clock that was set back makes nothing happen in the future.
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
