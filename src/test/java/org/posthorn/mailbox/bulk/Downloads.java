package org.posthorn.mailbox.bulk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.transport.Cancellation;

/** What tests of downloads share: one run, and what came of it. */
final class Downloads {
    private final Bulk bulk;

    Downloads(Bulk bulk) {
        this.bulk = bulk;
    }

    DownloadResult run(
            Endpoint endpoint,
            Path to,
            ArchiveFormat format,
            DownloadOptions options,
            Cancellation cancellation,
            Consumer<Progress> live)
            throws Exception {
        try (EmailClient client = bulk.client(endpoint);
                Archive archive = Archive.open(to, format, MailboxDownload.mailbox(endpoint))) {
            return new MailboxDownload(client, archive, options).run(cancellation, live);
        }
    }

    DownloadResult run(Endpoint endpoint, Path to, ArchiveFormat format) throws Exception {
        return run(endpoint, to, format, DownloadOptions.all(), new Cancellation(), _ -> {});
    }

    DownloadResult run(Protocol protocol, ScriptedServer.Script script, int connections, Path to, ArchiveFormat format)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.of(script)) {
            return run(Bulk.endpoint(protocol, server, connections), to, format);
        }
    }

    /** The Message-IDs of a file or folder, sorted. */
    static List<String> ids(Path place) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String message : MailFiles.messages(place)) {
            ids.add(new MailboxImap.Message(0, "", "", message).id());
        }
        return ids.stream().sorted().toList();
    }
}
