package org.posthorn.client.smtp;

/** Why a message is not taken, or not for one of its recipients. The connection is as good as before. */
public sealed interface Refusal {

    /** One by which the server said no. */
    sealed interface Said extends Refusal {
        SmtpReply reply();
    }

    /** One that was known from what the server announced; nothing was sent. */
    sealed interface Foreseen extends Refusal {}

    record Sender(SmtpReply reply) implements Said {}

    record Recipient(String address, SmtpReply reply) implements Said {}

    /** The server does not want to hear the message. */
    record Data(SmtpReply reply) implements Said {}

    /** The server has heard the message and does not take it. */
    record Message(SmtpReply reply) implements Said {}

    /** The message is larger than the server takes (RFC 1870). */
    record TooLarge(long size, long largest) implements Foreseen {}

    /** An address or a header needs SMTPUTF8, which the server does not announce (RFC 6531 §3.1). */
    record Utf8NotOffered(String address) implements Foreseen {}

    /** A notification is asked for, and the server does not announce DSN (RFC 3461 §4). */
    record StatusNotOffered() implements Foreseen {}
}
