package org.posthorn.sasl;

import java.util.Optional;
import org.posthorn.timeline.FailureException;

/** How a protocol carries a SASL exchange: its AUTH or AUTHENTICATE command (RFC 9051 §6.2.2, RFC 4954, RFC 5034). */
public interface SaslExchange {
    /** Whether the command with this initial response, in base64, stays within the longest line of the protocol. */
    boolean fits(String mechanism, String initialResponse);

    /** Sends the command; an initial response is base64, {@code =} when it is empty. */
    SaslReply start(String mechanism, Optional<String> initialResponse) throws FailureException;

    /** Sends an answer to a challenge in base64. */
    SaslReply answer(String response) throws FailureException;

    /** Gives up the exchange; the server then ends it with a refusal. */
    SaslReply cancel() throws FailureException;
}
