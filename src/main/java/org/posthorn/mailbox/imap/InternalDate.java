package org.posthorn.mailbox.imap;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** When a message came, as IMAP writes it: {@code 17-Jul-1996 02:44:25 -0700} (RFC 9051 §9 date-time). */
public final class InternalDate {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy HH:mm:ss Z")
            .toFormatter(Locale.ROOT);

    /** A day of one digit would need a blank before it; a leading zero is as good (RFC 9051 §9 date-day-fixed). */
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private InternalDate() {}

    public static String of(Instant date) {
        return WRITTEN.format(date);
    }

    /** Absent where it is written otherwise. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip(), FORMAT).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
