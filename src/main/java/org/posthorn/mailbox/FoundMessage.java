package org.posthorn.mailbox;

import java.util.List;

/**
 * A test message where it arrived.
 *
 * @param folder its name as the server writes it; {@code INBOX} in POP3
 * @param hops the servers it went through, from the sender on
 */
public record FoundMessage(String folder, List<Hop> hops, Deletion deletion) {
    public FoundMessage {
        hops = List.copyOf(hops);
    }
}
