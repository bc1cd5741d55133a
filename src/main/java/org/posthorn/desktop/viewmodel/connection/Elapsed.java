package org.posthorn.desktop.viewmodel.connection;

import java.time.Duration;
import java.util.Locale;

/** How long something took, as it is shown. */
public final class Elapsed {
    private Elapsed() {}

    public static String text(Duration elapsed) {
        double millis = elapsed.toNanos() / 1e6;
        if (millis < 1) {
            return "<1 ms";
        }
        return millis < 1000 ? Math.round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
