package org.posthorn.client.smtp;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What the lines of an EHLO reply say about sending (RFC 5321 §4.1.1.1), each as the server wrote it without its code. */
public record SmtpExtensions(List<String> lines) {
    public SmtpExtensions {
        lines = List.copyOf(lines);
    }

    /** Commands may be sent before the replies to earlier ones have come (RFC 2920). */
    public boolean pipelining() {
        return has("PIPELINING");
    }

    /** Lines of a message may hold bytes above 127 (RFC 6152). */
    public boolean eightBit() {
        return has("8BITMIME");
    }

    /** Addresses and headers may be written in UTF-8 (RFC 6531). */
    public boolean utf8() {
        return has("SMTPUTF8");
    }

    /** Notifications can be asked for (RFC 3461). */
    public boolean deliveryStatus() {
        return has("DSN");
    }

    /** The size may be declared with the sender (RFC 1870). */
    public boolean size() {
        return has("SIZE");
    }

    /** The largest message in bytes; absent when the server names none or says zero, which is none (RFC 1870 §4). */
    public OptionalLong largest() {
        return lines.stream()
                .map(line -> line.strip().split(" +"))
                .filter(words -> words.length > 1 && words[0].equalsIgnoreCase("SIZE"))
                .filter(words -> words[1].matches("\\d{1,18}"))
                .mapToLong(words -> Long.parseLong(words[1]))
                .filter(bytes -> bytes > 0)
                .findFirst();
    }

    private boolean has(String keyword) {
        return lines.stream()
                .map(line -> line.strip().split(" +", 2)[0].toUpperCase(Locale.ROOT))
                .anyMatch(keyword::equals);
    }
}
