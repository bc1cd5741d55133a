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
 */
public record LoginReply(
        boolean accepted,
        String text,
        Optional<String> code,
        OptionalInt status,
        Optional<List<String>> capabilities) {}
