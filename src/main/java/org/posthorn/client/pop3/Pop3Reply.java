package org.posthorn.client.pop3;

import java.util.Locale;
import java.util.Optional;

/** A status line: {@code +OK} or {@code -ERR}, and the response code in brackets (RFC 2449 §8). */
public record Pop3Reply(boolean ok, String line) {

    /** Absent when the line is neither. */
    static Optional<Pop3Reply> parse(String line) {
        if (starts(line, "+OK")) {
            return Optional.of(new Pop3Reply(true, line));
        }
        return starts(line, "-ERR") ? Optional.of(new Pop3Reply(false, line)) : Optional.empty();
    }

    /** The response code, in capitals. */
    public Optional<String> code() {
        String text = line.substring(ok ? 3 : 4).stripLeading();
        int end = text.indexOf(']');
        return text.startsWith("[") && end > 0
                ? Optional.of(text.substring(1, end).toUpperCase(Locale.ROOT))
                : Optional.empty();
    }

    private static boolean starts(String line, String status) {
        boolean begins = line.regionMatches(true, 0, status, 0, status.length());
        return begins && (line.length() == status.length() || line.charAt(status.length()) == ' ');
    }
}
