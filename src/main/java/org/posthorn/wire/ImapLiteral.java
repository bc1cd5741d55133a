package org.posthorn.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A literal announced at the end of a line (RFC 9051 §4.3, RFC 7888, RFC 3516).
 *
 * @param text the announcement as it was sent, like <code>{12+}</code>
 * @param bytes how many bytes follow the line
 * @param synchronizing whether the client waits for leave before it sends them
 */
record ImapLiteral(String text, long bytes, boolean synchronizing) {
    /** The most characters of an announcement. */
    static final int LONGEST = 22;

    private static final Pattern ANNOUNCEMENT = Pattern.compile("~?\\{(\\d{1,18})([+-]?)}$");

    /** The literal that a line announces. */
    static Optional<ImapLiteral> at(String line) {
        if (!line.endsWith("}")) {
            return Optional.empty();
        }
        Matcher matcher = ANNOUNCEMENT.matcher(line.substring(Math.max(0, line.length() - LONGEST)));
        return matcher.find()
                ? Optional.of(new ImapLiteral(
                        matcher.group(),
                        Long.parseLong(matcher.group(1)),
                        matcher.group(2).isEmpty()))
                : Optional.empty();
    }
}
