package org.posthorn.diagnosis;

import java.util.Locale;

/** How much a finding matters; the order is from worst to mildest. */
public enum Severity {
    /** It ended the session. */
    ERROR,
    /** It works, and should be changed all the same. */
    WARNING,
    /** Worth knowing. */
    INFO;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
