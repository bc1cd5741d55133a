package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.folders.FolderStatus;
import org.posthorn.mailbox.folders.MailboxOverview;
import org.posthorn.mailbox.folders.Namespace;
import org.posthorn.mailbox.folders.OverviewReader;
import org.posthorn.mailbox.folders.Quota;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;

/** What Dovecot says of a mailbox with a quota. */
@WithLab
@ExtendWith(NothingLeft.class)
class FoldersTest {
    private final LabServer server;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    FoldersTest(Lab lab) {
        this.server = lab.server("dovecot", "quota");
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    @Test
    void tellsFoldersNamespacesQuotaAndServer() throws Exception {
        try (var dialog = new PlainImap(server.host(), server.port("imap"))) {
            dialog.command("LOGIN alice secret");
            dialog.command("APPEND Sent {13+}\r\nSubject: x\r\n\n");
            dialog.command("LOGOUT");
        }
        Endpoint endpoint = checks.endpoint(server, "imaps", TlsMode.IMPLICIT);
        MailboxOverview overview;
        try (EmailClient client = new EmailClient(endpoint, checks.checks().connector(), timer, _ -> {})) {
            overview = client.currentConnection().run(mail -> OverviewReader.read(endpoint, mail));
        }

        assertThat(overview.server()).containsEntry("name", "Dovecot");
        assertThat(overview.namespaces()).extracting(Namespace::kind).containsExactly(Namespace.Kind.PERSONAL);
        assertThat(overview.folders()).extracting(FolderStatus::name).contains("INBOX", "Sent", "Drafts", "Trash");
        FolderStatus sent = overview.folders().stream()
                .filter(folder -> folder.name().equals("Sent"))
                .findFirst()
                .orElseThrow();
        assertThat(sent.attributes()).contains("\\Sent");
        assertThat(sent.messages()).isEqualTo(OptionalLong.of(1));
        assertThat(sent.bytes().orElse(0)).isPositive();
        assertThat(overview.quotas())
                .extracting(Quota::resource, Quota::limit)
                .contains(tuple("STORAGE", 10240L), tuple("MESSAGE", 1000L));
    }
}
