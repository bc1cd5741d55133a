package org.posthorn.desktop;

import java.util.Locale;
import java.util.Map;

/** There is no display in this session, so no window can be shown. */
public final class DisplayMissing extends Exception {
    private static final long serialVersionUID = 1;

    DisplayMissing(Throwable cause) {
        super("no display in this session", cause);
    }

    private DisplayMissing() {
        super("no display in this session");
    }

    /** Asks before the toolkit is loaded, which takes its time and prints a stack trace when it cannot start. */
    static void check(String system, Map<String, String> environment) throws DisplayMissing {
        String name = system.toLowerCase(Locale.ROOT);
        boolean needsDisplay = !name.startsWith("windows") && !name.startsWith("mac");
        if (needsDisplay && environment.getOrDefault("DISPLAY", "").isBlank()) {
            throw new DisplayMissing();
        }
    }
}
