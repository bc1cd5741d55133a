package org.posthorn.client.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Base64;

/**
 * The name of a folder as it stands on the wire, in modified UTF-7 where it is not ASCII (RFC 3501 §5.1.3). A server's own
 * name is never written anew: some have names that are not in order.
 */
public record MailboxName(String wire) {
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
