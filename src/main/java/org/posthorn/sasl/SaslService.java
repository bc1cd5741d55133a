package org.posthorn.sasl;

import org.posthorn.account.Protocol;

/**
 * Whom a mechanism authenticates to, for those that put it under their digest.
 *
 * @param name the registered service name (RFC 4422 §3.1)
 * @param host the server's name as typed, in ASCII
 * @param port the port that was connected to
 */
public record SaslService(String name, String host, int port) {

    public static SaslService of(Protocol protocol, String host, int port) {
        return new SaslService(
                switch (protocol) {
                    case IMAP -> "imap";
                    case POP3 -> "pop";
                    case SMTP -> "smtp";
                },
                host,
                port);
    }
}
