package org.posthorn.timeline;

import java.util.Locale;

/** How a phase stands. */
public enum Outcome {
    /** Under way. */
    RUNNING,
    OK,
    FAILED,
    /** Not needed, and said so. */
    SKIPPED,
    /** Ended by the person. */
    CANCELLED;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
