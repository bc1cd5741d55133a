package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.QuotaAwareStore;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Compression;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.TlsMode;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.EmailClient;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.jakarta.JakartaMail;
import org.posthorn.mailbox.messages.FolderContent;
import org.posthorn.mailbox.messages.MessageReader;
import org.posthorn.mailbox.messages.MessageSummary;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;

/** What Dovecot holds is listed and read as it is, by IMAP through Jakarta Mail and by POP3. */
@WithLab
@ExtendWith(NothingLeft.class)
class MessagesTest {
    /** Whose mail nobody counts on: each test puts its own there. */
    private static final Login CAROL = LabChecks.password("carol@mail.test", "secret3");

    private static final String LARGE = message(2, "Sch\u00f6ne Gr\u00fc\u00dfe", "y".repeat(70) + "\r\n", 30_000);

    private static final List<String> MESSAGES =
            List.of(message(0, "first", "x\r\n", 1), message(1, "second", ".\r\n..\r\n", 1), LARGE);

    private final Lab lab;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    MessagesTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    private static String message(int number, String subject, String line, int lines) {
        return "From: =?utf-8?q?J=C3=B6rg?= <joerg@lab.test>\r\nSubject: "
                + encoded(subject) + "\r\nMessage-ID: <" + number
                + "@lab.test>\r\nDate: Mon, 30 Nov 2026 12:00:00 +0100\r\n\r\n" + line.repeat(lines);
    }

    private static String encoded(String subject) {
        return subject.chars().allMatch(c -> c < 128)
                ? subject
                : "=?iso-8859-1?q?"
                        + subject.replace(" ", "_")
                                .replace("\u00f6", "=F6")
                                .replace("\u00fc", "=FC")
                                .replace("\u00df", "=DF")
                        + "?=";
    }

    private void deliver(LabServer server) throws IOException {
        try (PlainImap plain = new PlainImap(server.host(), server.port("imap"))) {
            plain.command("LOGIN carol@mail.test secret3");
            plain.command("SELECT INBOX");
            plain.command("UID STORE 1:* +FLAGS.SILENT (\\Deleted)");
            plain.command("CLOSE");
            for (String message : MESSAGES) {
                plain.command("APPEND INBOX (\\Flagged) {" + message.length() + "+}\r\n" + message);
            }
            plain.command("LOGOUT");
        }
    }

    private <T> T on(Endpoint endpoint, ClientConnection.Operation<T> operation) throws Exception {
        try (EmailClient client = new EmailClient(endpoint, checks.checks().connector(), timer, _ -> {})) {
            return client.currentConnection().run(operation);
        }
    }

    @ParameterizedTest
    @CsvSource({"dovecot, , imaps, IMPLICIT", "dovecot, , pop3, STARTTLS", "dovecot, compress, imap, STARTTLS"})
    void listsAndReadsWhatWasDelivered(String service, String variant, String port, TlsMode security) throws Exception {
        LabServer server = variant == null ? lab.server(service) : lab.server(service, variant);
        deliver(server);
        Endpoint plain = checks.endpoint(server, port, security).withLogin(CAROL);
        Endpoint endpoint = plain.withConnections(plain.connections().withCompression(Compression.ON));
        ByteArrayOutputStream source = new ByteArrayOutputStream();

        FolderContent content = on(endpoint, mail -> {
            MessageReader reader = MessageReader.of(endpoint, mail, MailboxName.of("INBOX"));
            FolderContent latest = reader.latest(2);
            assertThat(reader.copy(latest.latest().getFirst().id(), source::writeBytes))
                    .isTrue();
            assertThat(reader.copy("4711", _ -> {})).isFalse();
            return latest;
        });

        assertThat(content.messages()).isEqualTo(3);
        assertThat(content.latest())
                .extracting(MessageSummary::subject, MessageSummary::messageId)
                .containsExactly(tuple("Sch\u00f6ne Gr\u00fc\u00dfe", "<2@lab.test>"), tuple("second", "<1@lab.test>"));
        assertThat(content.latest().getFirst().from()).contains("J\u00f6rg").contains("<joerg@lab.test>");
        assertThat(content.latest().getFirst().bytes()).hasValue(LARGE.length());
        assertThat(content.latest().getFirst().date().orElseThrow())
                .isBetween(Instant.EPOCH, Instant.now().plus(Duration.ofDays(365)));
        assertThat(source.toString(StandardCharsets.ISO_8859_1).equals(LARGE))
                .as("byte for byte")
                .isTrue();
        if (port.startsWith("imap")) {
            assertThat(content.latest().getFirst().flags())
                    .contains("\\Flagged")
                    .doesNotContain("\\Seen");
        }
    }

    /** The contract that the library's version is pinned for. */
    @Test
    void jakartaMailDoesAllItsWorkOnTheConnectionThatIsHandedOver() throws Exception {
        LabServer server = lab.server("dovecot", "quota");
        deliver(server);
        Endpoint endpoint = checks.endpoint(server, "imaps", TlsMode.IMPLICIT).withLogin(CAROL);

        long limit = on(
                endpoint,
                mail -> mail.perform((_, transport) -> {
                    try {
                        return new JakartaMail(endpoint, mail, transport).run(MessagesTest::work);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }));

        assertThat(limit).isEqualTo(10240);
    }

    private static long work(Store store) throws MessagingException, IOException {
        Folder inbox = store.getFolder("INBOX");
        MimeMessage fourth = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream("Subject: fourth\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        inbox.appendMessages(new Message[] {fourth});
        assertThat(inbox.getMessageCount()).isEqualTo(4);
        assertThat(inbox.getUnreadMessageCount()).isEqualTo(4);
        inbox.open(Folder.READ_WRITE);
        assertThat(inbox.getMessage(4).getSubject()).isEqualTo("fourth");
        inbox.getMessage(4).setFlag(Flags.Flag.DELETED, true);
        assertThat(inbox.expunge()).hasSize(1);
        inbox.close(false);
        assertThat(store.getDefaultFolder().list()).extracting(Folder::getName).contains("INBOX", "Sent");
        return ((QuotaAwareStore) store).getQuota("INBOX")[0].resources[0].limit;
    }
}
