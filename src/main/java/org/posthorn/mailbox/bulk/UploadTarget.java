package org.posthorn.mailbox.bulk;

import java.util.OptionalLong;
import org.posthorn.account.Endpoint;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.transport.Cancellation;

/**
 * Where the messages of an upload go.
 *
 * @param create whether the folder may be made
 * @param base the folder before the first message
 * @param limit the largest message in bytes
 * @param cancellation cuts waits short
 */
record UploadTarget(
        Endpoint endpoint,
        MailboxName folder,
        boolean create,
        UploadBase base,
        OptionalLong limit,
        Cancellation cancellation) {}
