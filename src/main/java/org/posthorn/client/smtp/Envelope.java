package org.posthorn.client.smtp;

import java.util.List;

/**
 * From whom and to whom a message goes, which need not be what its headers say.
 *
 * @param sender empty for the null sender of notifications (RFC 5321 §4.5.5)
 * @param recipients each once, in the order in which they are named to the server
 * @param eightBit whether the message holds bytes above 127; the server must take 8BITMIME then (RFC 6152)
 * @param utf8 whether an address or a header is written in UTF-8; the server must take SMTPUTF8 then (RFC 6531)
 * @param status what to be notified of
 */
public record Envelope(String sender, List<String> recipients, boolean eightBit, boolean utf8, DeliveryStatus status) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }
}
