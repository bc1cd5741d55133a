package org.posthorn.sasl;

/** What the server said during an authentication. */
public sealed interface SaslReply {

    /** It wants an answer; the text is base64, empty for an empty challenge. */
    record Challenge(String text) implements SaslReply {}

    /** It has decided. */
    record Decided(LoginReply reply) implements SaslReply {}
}
