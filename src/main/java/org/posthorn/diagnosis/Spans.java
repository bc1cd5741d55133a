package org.posthorn.diagnosis;

import java.time.Duration;

/** Spans of time in sentences. */
final class Spans {
    private Spans() {}

    /** In the largest unit that leaves a whole number: {@code 500 ms}, {@code 10 s}, {@code 2 min}. */
    static String text(Duration span) {
        if (span.toMillis() % 1000 != 0) {
            return span.toMillis() + " ms";
        }
        return span.toSeconds() % 60 == 0 && span.toSeconds() > 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
    }
}
