package org.posthorn.mailbox.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that came into the folder.
 *
 * @param bytes RFC822.SIZE
 * @param came INTERNALDATE; absent where the server writes it otherwise than RFC 9051 §9
 * @param from the field as a person reads it (RFC 2047 decoded); empty when there is none, as are the other fields
 */
public record Arrival(long uid, long bytes, Optional<Instant> came, String from, String subject, String messageId) {}
