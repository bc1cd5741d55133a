package org.posthorn.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.bulk.DownloadOptions;
import org.posthorn.mailbox.bulk.DownloadResult;
import org.posthorn.mailbox.bulk.MailboxDownload;
import org.posthorn.mailbox.bulk.Progress;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/** What was appended to mailboxes of Dovecot comes down byte for byte, whatever it takes. */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(300)
class DownloadsTest {
    /** A user of this test alone, whose mail nobody else counts on. */
    private static final Login CAROL = LabChecks.password("carol@mail.test", "secret3");

    private static final List<String> MESSAGES = IntStream.range(0, 300)
            .mapToObj(number -> "Message-ID: <" + number + "@lab.test>\r\nSubject: " + number + "\r\n\r\n.\r\n"
                    + "From here \u00e4\u00ff\r\n>From there\r\n" + "x".repeat(number * 20) + "\r\n")
            .toList();

    private final Lab lab;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path folder;

    DownloadsTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    /** Puts the messages into the inbox and into a folder, and nothing else. */
    private static void deliver(LabServer server) throws Exception {
        try (Socket socket = new Socket(server.host(), server.port("imap"))) {
            Delivery delivery = new Delivery(
                    socket.getOutputStream(),
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)));
            delivery.command("LOGIN carol@mail.test secret3");
            delivery.command("CREATE Archive.2024");
            delivery.fill("INBOX", MESSAGES.subList(0, 250));
            delivery.fill("Archive.2024", MESSAGES.subList(250, 300));
            delivery.command("LOGOUT");
        }
    }

    /** An IMAP client that is none of the program's. */
    private record Delivery(OutputStream out, BufferedReader in) {
        void command(String command) throws IOException {
            out.write(("a " + command + "\r\n").getBytes(ISO_8859_1));
            out.flush();
            for (String line = in.readLine(); !line.startsWith("a "); line = in.readLine()) {
                assertThat(line).startsWith("*");
            }
        }

        void fill(String folder, List<String> messages) throws IOException {
            command("SELECT " + folder);
            command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
            command("CLOSE");
            for (String message : messages) {
                command("APPEND " + folder + " {" + message.length() + "+}\r\n" + message);
            }
        }
    }

    private Endpoint endpoint(LabServer server, String port, int connections) {
        Endpoint endpoint = checks.endpoint(server, port, TlsMode.STARTTLS).withLogin(CAROL);
        return endpoint.withConnections(
                endpoint.connections().withQuantity(connections).withMultiConnection(MultiConnection.ON));
    }

    private DownloadResult download(
            Endpoint endpoint, ArchiveFormat format, Cancellation cancellation, Consumer<Progress> live)
            throws Exception {
        try (EmailClient client = new EmailClient(endpoint, checks.checks().connector(), timer, _ -> {});
                Archive archive = Archive.open(folder, format, MailboxDownload.mailbox(endpoint))) {
            return new MailboxDownload(client, archive, DownloadOptions.all()).run(cancellation, live);
        }
    }

    private void assertWhole(ArchiveFormat format) throws Exception {
        String ending = format == ArchiveFormat.MBOX ? ".mbox" : "";
        assertSame(folder.resolve("INBOX" + ending), MESSAGES.subList(0, 250));
        assertSame(folder.resolve("Archive.2024" + ending), MESSAGES.subList(250, 300));
    }

    /** Says no more than which are missing: they are long. */
    private static void assertSame(Path place, List<String> messages) throws Exception {
        List<String> there = MailFiles.messages(place);
        assertThat(there).as("messages in %s", place).hasSameSizeAs(messages);
        assertThat(Set.copyOf(there).equals(Set.copyOf(messages)))
                .as("the same")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, MBOX", "5, MBOX", "20, MAILDIR"})
    void everyMessageComesOnceOverAnyNumberOfConnections(int connections, ArchiveFormat format) throws Exception {
        LabServer server = lab.server("dovecot");
        deliver(server);

        DownloadResult result = download(endpoint(server, "imap", connections), format, new Cancellation(), _ -> {});

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.messages()).isEqualTo(300);
        assertWhole(format);
    }

    /** It allows two. */
    @Test
    void theLimitOfTheServerIsKept() throws Exception {
        LabServer server = lab.server("dovecot", "limit");
        deliver(server);

        DownloadResult result = download(endpoint(server, "imap", 20), ArchiveFormat.MBOX, new Cancellation(), _ -> {});

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.end().most()).isBetween(1, 2);
        assertWhole(ArchiveFormat.MBOX);
    }

    @Test
    void aCancelledRunGoesOnLater() throws Exception {
        LabServer server = lab.server("dovecot");
        deliver(server);
        Cancellation cancellation = new Cancellation();
        DownloadResult first = download(endpoint(server, "imap", 3), ArchiveFormat.MBOX, cancellation, now -> {
            if (now.messages() == 100) {
                cancellation.cancel();
            }
        });

        DownloadResult second = download(endpoint(server, "imap", 3), ArchiveFormat.MBOX, new Cancellation(), _ -> {});

        assertThat(first.end().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(first.messages()).isBetween(100L, 299L);
        assertThat(second.alreadyThere()).isEqualTo(first.messages());
        assertThat(second.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertWhole(ArchiveFormat.MBOX);
    }

    @ParameterizedTest
    @CsvSource({"1, MBOX", "3, MAILDIR"})
    void theInboxComesByPop3(int connections, ArchiveFormat format) throws Exception {
        LabServer server = lab.server("dovecot");
        deliver(server);

        DownloadResult result = download(endpoint(server, "pop3", connections), format, new Cancellation(), _ -> {});

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertSame(folder.resolve(format == ArchiveFormat.MBOX ? "INBOX.mbox" : "INBOX"), MESSAGES.subList(0, 250));
        DownloadResult again = download(endpoint(server, "pop3", connections), format, new Cancellation(), _ -> {});
        assertThat(again.messages()).isZero();
    }
}
