package org.posthorn.client.smtp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply of one or more lines with the same code (RFC 5321 §4.2).
 *
 * @param lines as they came, codes included
 */
public record SmtpReply(int code, List<String> lines) {
    private static final Pattern ENHANCED = Pattern.compile("^[245]\\d\\d[ -]([245]\\.\\d{1,3}\\.\\d{1,3})(?: |$)");

    public SmtpReply {
        lines = List.copyOf(lines);
    }

    /** Whether it says yes (2yz). */
    public boolean isPositive() {
        return code >= 200 && code < 300;
    }

    /** Whether it says no for now (4yz): the same may be taken later. */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** Whether the server wants more (3yz). */
    public boolean isIntermediate() {
        return code >= 300 && code < 400;
    }

    /** All lines as they came. */
    public String text() {
        return String.join("\n", lines);
    }

    /** What follows the code on each line. */
    public List<String> texts() {
        return lines.stream().map(l -> l.length() > 4 ? l.substring(4) : "").toList();
    }

    /** The enhanced status code (RFC 3463), when the reply has one. */
    public Optional<String> enhanced() {
        Matcher enhanced = ENHANCED.matcher(lines.getLast());
        return enhanced.find() ? Optional.of(enhanced.group(1)) : Optional.empty();
    }
}
