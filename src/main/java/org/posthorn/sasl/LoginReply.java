package org.posthorn.sasl;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server's decision on a login.
 *
 * @param text the whole line, or lines, of the reply
 * @param code response code of IMAP and POP3 ({@code AUTHENTICATIONFAILED}), enhanced status code of SMTP ({@code 5.7.8})
 * @param status SMTP's three digits
 * @param capabilities those that came with an acceptance (RFC 9051 §7.1)
 * @param saslError why the mechanism was refused, in its own words: the JSON that answers a token (RFC 7628 §3.2.2) or
 *     SCRAM's error (RFC 5802 §7), decoded
 */
public record LoginReply(
        boolean accepted,
        String text,
        Optional<String> code,
        OptionalInt status,
        Optional<List<String>> capabilities,
        Optional<String> saslError) {

    /** As the protocol tells it, which knows nothing of the mechanism. */
    public LoginReply(
            boolean accepted,
            String text,
            Optional<String> code,
            OptionalInt status,
            Optional<List<String>> capabilities) {
        this(accepted, text, code, status, capabilities, Optional.empty());
    }

    LoginReply withSaslError(Optional<String> error) {
        return new LoginReply(accepted, text, code, status, capabilities, error);
    }
}
