package org.posthorn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.bulk.DownloadOptions;
import org.posthorn.mailbox.bulk.DownloadResult;
import org.posthorn.mailbox.bulk.MailboxDownload;
import org.posthorn.mailbox.bulk.MailboxUpload;
import org.posthorn.mailbox.bulk.Progress;
import org.posthorn.mailbox.bulk.Quoting;
import org.posthorn.mailbox.bulk.UploadPlan;
import org.posthorn.mailbox.bulk.UploadResult;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.transport.Cancellation;

/** Heavy work of one user of a Dovecot whose connections a test breaks, and what another client then sees. */
final class BrokenWork implements AutoCloseable {
    private static final Login CAROL = LabChecks.password("carol@mail.test", "secret3");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: *(<.*>)\\s*$");

    /** Longer than any load of this machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LabServer server;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    BrokenWork(Lab lab, LabServer server) {
        this.server = server;
        this.checks = new LabChecks(lab);
    }

    LabServer server() {
        return server;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** Without TLS, so that a relay sees the dialog. */
    Endpoint endpoint(String protocol, int connections) {
        return patient(checks.endpoint(server, protocol, TlsMode.NONE).withLogin(CAROL), connections);
    }

    /** An endpoint of another server. */
    Endpoint endpoint(LabServer other, String port) {
        return patient(checks.endpoint(other, port, TlsMode.NONE), 1);
    }

    private static Endpoint patient(Endpoint endpoint, int connections) {
        return endpoint.withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE))
                .withConnections(
                        endpoint.connections().withQuantity(connections).withMultiConnection(MultiConnection.ON));
    }

    <R> R with(Endpoint endpoint, Function<EmailClient, R> work) {
        try (EmailClient client = new EmailClient(endpoint, checks.checks().connector(), timer, _ -> {})) {
            return work.apply(client);
        }
    }

    /** Appends messages of an mbox that is written before. */
    UploadResult upload(Endpoint endpoint, Path mbox, String folder, int messages, Consumer<Progress> live)
            throws IOException {
        String text = IntStream.range(0, messages)
                .mapToObj(i -> "From a@broken.test Fri Mar  1 10:00:00 2024\nMessage-ID: " + id(i) + "\nSubject: " + i
                        + "\n\nThe " + i + "th\n\n")
                .collect(Collectors.joining());
        Files.writeString(mbox, text);
        UploadPlan plan = UploadPlan.of(List.of(mbox), Quoting.MBOXRD, Optional.empty(), messages);
        return with(
                endpoint,
                client ->
                        new MailboxUpload(client, folder, true).run(plan, Optional.empty(), new Cancellation(), live));
    }

    DownloadResult download(Endpoint endpoint, Path to, List<String> folders, Consumer<Progress> live)
            throws IOException {
        try (Archive archive = Archive.open(to, ArchiveFormat.MBOX, MailboxDownload.mailbox(endpoint))) {
            return with(
                    endpoint,
                    client -> new MailboxDownload(
                                    client, archive, new DownloadOptions(folders, DownloadOptions.LARGEST))
                            .run(new Cancellation(), live));
        }
    }

    static List<String> ids(int messages) {
        return IntStream.range(0, messages).mapToObj(BrokenWork::id).toList();
    }

    private static String id(int message) {
        return "<" + message + "@broken.test>";
    }

    /** The Message-IDs of a folder, as another client sees them. */
    List<String> idsOnServer(String folder) throws IOException {
        try (PlainImap imap = new PlainImap(server.host(), server.port("imap"))) {
            imap.command("LOGIN carol@mail.test secret3");
            return idsIn(imap, folder);
        }
    }

    /** The same, over a connection that is logged in. */
    static List<String> idsIn(PlainImap imap, String folder) throws IOException {
        boolean empty = imap.command("EXAMINE " + folder).contains("* 0 EXISTS");
        return empty ? List.of() : idsOf(imap.command("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])").stream());
    }

    static List<String> idsOnDisk(Path file) throws Exception {
        return idsOf(MailFiles.messages(file).stream());
    }

    private static List<String> idsOf(Stream<String> texts) {
        return texts.flatMap(text -> MESSAGE_ID.matcher(text).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Makes a folder hold these messages and no others, by another client. */
    void fill(String folder, int messages) throws IOException {
        try (PlainImap imap = new PlainImap(server.host(), server.port("imap"))) {
            imap.command("LOGIN carol@mail.test secret3");
            if (imap.command("LIST \"\" " + folder).isEmpty()) {
                imap.command("CREATE " + folder);
            }
            imap.command("SELECT " + folder);
            imap.command("UID STORE 1:* +FLAGS.SILENT (\\Deleted)");
            imap.command("CLOSE");
            for (String id : ids(messages)) {
                append(imap, folder, id);
            }
            imap.command("LOGOUT");
        }
    }

    static void append(PlainImap imap, String folder, String id) throws IOException {
        String text = "Message-ID: " + id + "\r\nSubject: " + id + "\r\n\r\nHello\r\n";
        imap.command("APPEND " + folder + " {" + text.length() + "+}\r\n" + text);
    }

    /** More messages for the inbox, while something else is under way. */
    void deliver(List<String> ids) {
        try (PlainImap imap = new PlainImap(server.host(), server.port("imap"))) {
            imap.command("LOGIN carol@mail.test secret3");
            for (String id : ids) {
                append(imap, "INBOX", id);
            }
            imap.command("LOGOUT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        checks.close();
    }
}
