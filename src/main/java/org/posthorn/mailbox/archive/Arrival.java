package org.posthorn.mailbox.archive;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of a message beside its content.
 *
 * @param key names it within its folder for ever: a UID, or a POP3 server's name for it
 * @param date when it came (INTERNALDATE); absent where the server does not say
 * @param flags as IMAP writes them; absent where the server knows none
 */
public record Arrival(String key, Optional<Instant> date, Optional<List<String>> flags) {
    public Arrival {
        flags = flags.map(List::copyOf);
    }
}
