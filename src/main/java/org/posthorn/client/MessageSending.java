package org.posthorn.client;

import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.client.smtp.Envelope;
import org.posthorn.client.smtp.MessageContent;
import org.posthorn.client.smtp.SmtpExtensions;
import org.posthorn.client.smtp.SmtpTransaction;
import org.posthorn.client.smtp.Submission;
import org.posthorn.timeline.FailureException;

/** Sends messages over connections of one SMTP endpoint. */
public final class MessageSending {
    private final Endpoint endpoint;

    /** Of an SMTP endpoint; its operation timeout is the limit for each reply, its pipelining setting decides the batches. */
    public MessageSending(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What the server of a connection can do with messages. */
    public static SmtpExtensions extensions(MailConnection connection) {
        return new SmtpExtensions(Capabilities.inForce(connection.timeline()));
    }

    /**
     * Sends one message; a refusal leaves the connection ready for the next.
     *
     * @param live hears a snapshot at each reply, on the calling thread
     * @throws FailureException when the connection was lost on the way; whether the message may have been taken is told by
     *     the last snapshot
     */
    public Submission send(
            MailConnection connection, Envelope envelope, MessageContent content, Consumer<Submission> live)
            throws FailureException {
        boolean pipelined = PipeliningState.isInForce(endpoint, connection.timeline());
        SmtpExtensions extensions = extensions(connection);
        return connection.perform(
                (_, transport) -> new SmtpTransaction(transport, endpoint.timeouts(), extensions, pipelined, live)
                        .send(envelope, content));
    }
}
