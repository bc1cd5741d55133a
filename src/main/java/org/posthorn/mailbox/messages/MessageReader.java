package org.posthorn.mailbox.messages;

import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.timeline.FailureException;

/** Reads a folder over a connection that is logged in: by IMAP through Jakarta Mail, by POP3 the one that there is. */
public interface MessageReader {
    /**
     * Of a folder.
     *
     * @param folder not heeded by POP3
     */
    static MessageReader of(Endpoint endpoint, MailConnection connection, MailboxName folder) {
        return switch (endpoint.protocol()) {
            case IMAP -> new ImapMessages(endpoint, connection, folder);
            case POP3 -> new Pop3Messages(endpoint, connection);
            case SMTP -> throw new IllegalArgumentException("SMTP reads no messages");
        };
    }

    /**
     * The latest messages.
     *
     * @param most at most so many
     */
    FolderContent latest(int most) throws FailureException;

    /**
     * Gives on a message as it is stored, in pieces.
     *
     * @param id as in its summary
     * @return whether there is such a message
     */
    boolean copy(String id, Consumer<byte[]> source) throws FailureException;
}
