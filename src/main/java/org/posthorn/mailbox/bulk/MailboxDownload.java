package org.posthorn.mailbox.bulk;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.transport.Cancellation;

/**
 * Downloads every message of an IMAP or POP3 mailbox into a folder on disk, byte for byte. It changes nothing on the server. What
 * is there already is not asked for again, so that a run goes on where the one before it ended, however that was.
 */
public final class MailboxDownload {
    private final EmailClient client;
    private final Endpoint endpoint;
    private final Archive archive;
    private final DownloadOptions options;

    /** Of the mailbox of an IMAP or POP3 client, into an archive that was opened for {@link #mailbox(Endpoint)}. */
    public MailboxDownload(EmailClient client, Archive archive, DownloadOptions options) {
        if (client.endpoint().protocol() == Protocol.SMTP) {
            throw new IllegalArgumentException("SMTP knows no mailbox");
        }
        this.client = client;
        this.endpoint = client.endpoint();
        this.archive = archive;
        this.options = options;
    }

    /** What tells one mailbox from another: the protocol, the user and the server, but not the port. */
    public static String mailbox(Endpoint endpoint) {
        String user = endpoint.login() instanceof Login.Named named ? named.user() + " at " : "";
        return endpoint.protocol().name() + " " + user + endpoint.host().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs until every message was downloaded or given up. It takes as many connections as the endpoint's settings say for heavy
     * work; a cancel closes them.
     */
    public DownloadResult run(Cancellation cancellation, Consumer<Progress> live) {
        int connections = endpoint.connections().connectionsForHeavyWork();
        Downloading downloading = new Downloading(archive, connections, live);
        Job listing = switch (endpoint.protocol()) {
            case IMAP -> new ImapDownload(endpoint, options, downloading).listing();
            case POP3 -> new Pop3Download(endpoint, options, downloading).listing();
            case SMTP -> throw new IllegalStateException("SMTP knows no mailbox");
        };
        WorkEnd end;
        try (var _ = cancellation.onCancel(downloading.end()::cancel)) {
            end = new Crew(client, connections, downloading.end(), downloading.board()).run(List.of(listing));
        }
        return new DownloadResult(
                downloading.problem().isPresent() ? end.failed() : end, downloading.folders(), downloading.problem());
    }
}
