package org.posthorn.wire;

import org.posthorn.account.Protocol;

/**
 * Takes the secrets out of the conversation of one connection. It is a state machine over what really passed: it is fed
 * each line of both directions in the order of passing, and when it is in doubt it hides.
 */
public sealed interface Redactor permits ImapRedactor, Pop3Redactor, SmtpRedactor {
    /**
     * The line as it may be shown.
     *
     * @param line a line the client sent, without its end; cut short when it is very long
     * @param length the bytes of the line as it was sent, its end included
     */
    String client(String line, int length);

    /**
     * The line as it may be shown.
     *
     * @param line a line the server sent, without its end; cut short when it is very long
     * @param length the bytes of the line as it came, its end included
     */
    String server(String line, int length);

    /** A remark of Posthorn's own as it may be shown. */
    String note(String text);

    static Redactor of(Protocol protocol, SecretMask mask) {
        return switch (protocol) {
            case IMAP -> new ImapRedactor(mask);
            case POP3 -> new Pop3Redactor(mask);
            case SMTP -> new SmtpRedactor(mask);
        };
    }
}
