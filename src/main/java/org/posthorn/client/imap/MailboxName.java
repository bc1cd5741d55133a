package org.posthorn.client.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Base64;

/**
 * The name of a folder as it stands on the wire, in modified UTF-7 where it is not ASCII (RFC 3501 §5.1.3). A server's own
 * name is never written anew: some have names that are not in order.
 */
public record MailboxName(String wire) {
    /** The name that a person wrote: what is not printable ASCII is shifted. */
    public static MailboxName of(String text) {
        StringBuilder wire = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && (text.charAt(end) < ' ' || text.charAt(end) > '~')) {
                end++;
            }
            if (end > at) {
                byte[] units = text.substring(at, end).getBytes(UTF_16BE);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(units);
                wire.append('&').append(base64.replace('/', ',')).append('-');
                at = end;
            } else {
                wire.append(text.charAt(at) == '&' ? "&-" : text.substring(at, at + 1));
                at++;
            }
        }
        return new MailboxName(wire.toString());
    }

    /** As a person reads it; a name that is not in order stays as it is. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int amp = wire.indexOf('&'); amp >= 0; amp = wire.indexOf('&', at)) {
            int end = wire.indexOf('-', amp);
            if (end < 0) {
                return wire;
            }
            text.append(wire, at, amp);
            try {
                text.append(end == amp + 1 ? "&" : shifted(wire.substring(amp + 1, end)));
            } catch (IllegalArgumentException _) {
                return wire;
            }
            at = end + 1;
        }
        return text.append(wire.substring(at)).toString();
    }

    private static String shifted(String base64) {
        return new String(Base64.getDecoder().decode(base64.replace(',', '/').getBytes(US_ASCII)), UTF_16BE);
    }

    /** As the argument of a command: always a quoted string, which every name without a line end can be. */
    public String argument() {
        return '"' + wire.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
