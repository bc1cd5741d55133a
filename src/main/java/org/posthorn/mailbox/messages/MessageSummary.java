package org.posthorn.mailbox.messages;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What tells a message apart. Fields of its header are decoded (RFC 2047) and empty where it has none.
 *
 * @param id by which it is named from session to session: the UID (RFC 9051 §2.3.1.1), in POP3 the unique-id (RFC 1939 §7)
 *     or, where a server has none, the number of this session
 * @param date when it came, in POP3 when it says it was written
 * @param bytes as the server counts them
 * @param flags empty in POP3, which knows none
 */
public record MessageSummary(
        String id,
        Optional<Instant> date,
        String from,
        String subject,
        String messageId,
        OptionalLong bytes,
        List<String> flags) {
    public MessageSummary {
        flags = List.copyOf(flags);
    }
}
