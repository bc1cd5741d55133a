package org.posthorn.cli;

import java.io.PrintStream;
import java.nio.charset.CharsetEncoder;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes lines for people. What a server sent may hold control characters that move a terminal's cursor or worse; they are shown
 * as a dot. A terminal that cannot show typographic signs gets plain ones.
 */
final class Paper {
    /** Control characters, and those that turn the direction of writing (Unicode UAX #9), by which text can pose as other. */
    private static final Pattern DANGEROUS =
            Pattern.compile("[\\p{Cntrl}\\x80-\\x9F\\u061C\\u200E\\u200F\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Map<String, String> PLAIN =
            Map.of("“", "\"", "”", "\"", "…", "...", "•", "*", "✓", "+", "✕", "x", "–", "-", "↵", "/");

    private final PrintStream stream;
    private final CharsetEncoder encoder;

    Paper(PrintStream stream) {
        this.stream = stream;
        this.encoder = stream.charset().newEncoder();
    }

    synchronized void line(String text) {
        stream.println(shown(text));
        stream.flush();
    }

    private String shown(String text) {
        String safe = DANGEROUS.matcher(text).replaceAll("·");
        if (encoder.canEncode(safe)) {
            return safe;
        }
        String plain = safe.replace("·", ".");
        for (Map.Entry<String, String> sign : PLAIN.entrySet()) {
            plain = plain.replace(sign.getKey(), sign.getValue());
        }
        return plain;
    }
}
