package org.posthorn.mailbox.archive;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that begins a message in an mbox: its sender, and when it came, in UTC (RFC 4155 appendix A). Where the server does
 * not say when, it is the message's own date, and without that the first second of 1970.
 */
final class FromLine {
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern SENDER =
            Pattern.compile("(?im)^(?:Return-Path|From):[^\\r\\n]{0,400}?([!-;=?A-~]{1,100}+@[!-;=?A-~]{1,200})");
    private static final Pattern DATE = Pattern.compile("(?im)^Date:[ \\t]*([^\\r\\n(]+)");

    /** Bytes of a message that are looked at. */
    private static final int LOOKED_AT = 64 * 1024;

    private static final Pattern END_OF_HEADERS = Pattern.compile("\\r?\\n\\r?\\n");

    private FromLine() {}

    static String of(Arrival arrival, byte[] head) {
        String text = new String(head, 0, Math.min(LOOKED_AT, head.length), StandardCharsets.ISO_8859_1);
        Matcher end = END_OF_HEADERS.matcher(text);
        String headers = end.find() ? text.substring(0, end.start()) : text;
        Instant date = arrival.date().or(() -> date(headers)).orElse(Instant.EPOCH);
        return "From " + found(SENDER, headers).orElse("MAILER-DAEMON") + " " + ASCTIME.format(date) + "\n";
    }

    private static Optional<Instant> date(String headers) {
        try {
            return found(DATE, headers)
                    .map(text -> OffsetDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> found(Pattern pattern, String headers) {
        Matcher matcher = pattern.matcher(headers);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
