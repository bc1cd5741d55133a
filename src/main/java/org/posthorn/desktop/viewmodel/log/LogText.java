package org.posthorn.desktop.viewmodel.log;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

/** How a line of the log is written on the screen, on the clipboard and in a file. */
public final class LogText {
    /** Characters of a line that the screen shows; copies and files hold all of it. */
    static final int SHOWN = 4000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final ZoneId zone;

    public LogText(ZoneId zone) {
        this.zone = zone;
    }

    /** The local time of day: {@code 10:41:07.213}. */
    public String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** The time since the line before: {@code +24 ms}, {@code +1.2 s}, {@code +3 min}. */
    public static String elapsed(WireEvent before, WireEvent event) {
        Duration elapsed = Duration.ofNanos(Math.max(0, event.nanos() - before.nanos()));
        long millis = elapsed.toMillis();
        if (millis < 1000) {
            return "+" + millis + " ms";
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "+%.1f s", millis / 1000.0)
                : "+" + elapsed.toMinutes() + " min";
    }

    /** The text in one screen line: control characters as pictures (Unicode block 2400), the end of a long line cut off. */
    public static String shown(String text) {
        boolean plain = text.chars().noneMatch(LogText::isControl);
        String visible = plain ? text : picture(text);
        return visible.length() <= SHOWN
                ? visible
                : visible.substring(0, SHOWN) + " … " + (visible.length() - SHOWN) + " more characters";
    }

    /** How much of a reply is folded away: {@code … 12 more lines}; empty when nothing is. */
    public static String hidden(LogReply reply) {
        if (!reply.isFolded()) {
            return "";
        }
        return reply.hidden() == 1 ? "… 1 more line" : String.format(Locale.ROOT, "… %,d more lines", reply.hidden());
    }

    /** The line in full, for the clipboard and files. */
    public String whole(WireEvent event) {
        return time(event.time()) + "  " + event.direction().mark() + "  " + event.text();
    }

    /** The line as a screen reader says it. */
    public String spoken(WireEvent event) {
        return speaker(event.direction()) + ": " + event.text() + ", " + time(event.time());
    }

    private static String speaker(Direction direction) {
        return switch (direction) {
            case CLIENT -> "Client";
            case SERVER -> "Server";
            case TLS -> "TLS";
            case STATE -> "Event";
        };
    }

    private static String picture(String text) {
        StringBuilder pictures = new StringBuilder(text.length());
        text.chars().forEach(c -> pictures.append((char) (isControl(c) ? pictureOf(c) : c)));
        return pictures.toString();
    }

    private static int pictureOf(int control) {
        return control < ' ' ? 0x2400 + control : 0x2421;
    }

    private static boolean isControl(int c) {
        return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
    }
}
