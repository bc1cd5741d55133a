package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.bulk.DownloadOptions;
import org.posthorn.mailbox.bulk.DownloadResult;
import org.posthorn.mailbox.bulk.FolderSurvey;
import org.posthorn.mailbox.bulk.MailboxDownload;
import org.posthorn.mailbox.bulk.MailboxSurvey;
import org.posthorn.mailbox.bulk.MailboxUpload;
import org.posthorn.mailbox.bulk.Notice;
import org.posthorn.mailbox.bulk.Progress;
import org.posthorn.mailbox.bulk.Quoting;
import org.posthorn.mailbox.bulk.SurveyResult;
import org.posthorn.mailbox.bulk.UploadPlan;
import org.posthorn.mailbox.bulk.UploadResult;
import org.posthorn.mailbox.bulk.WorkEnd;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.CuttingRelay;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/** Large mailboxes of a Dovecot that allows ten connections: each message comes once, whatever becomes of the connections. */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(300)
class HeavyWorkTest {
    private static final int MANY = 10_000;
    private static final int SOME = 1_000;
    private static final int LIMIT = 10;
    private static final int PARTS = 100;
    private static final long SEED = 1896;
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: *(<.*>)\\s*$");

    /** Longer than any load of this machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LabServer server;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path files;

    HeavyWorkTest(Lab lab) {
        this.server = lab.server("dovecot", "limit10");
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    private Endpoint endpoint(int connections) {
        return with(checks.endpoint(server, "imap", TlsMode.STARTTLS), connections);
    }

    /** Without TLS, so that a cut comes between any two bytes of the dialog. */
    private Endpoint behind(CuttingRelay relay) {
        return with(checks.endpoint(server, "imap", TlsMode.NONE), 5)
                .withPort(relay.port())
                .withLogin(LabChecks.password("bob", "secret2"));
    }

    private static Endpoint with(Endpoint endpoint, int connections) {
        return endpoint.withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE))
                .withConnections(
                        endpoint.connections().withQuantity(connections).withMultiConnection(MultiConnection.ON));
    }

    private EmailClient client(Endpoint endpoint) {
        return new EmailClient(endpoint, checks.checks().connector(), timer, _ -> {});
    }

    private UploadResult upload(Endpoint endpoint, String folder, int messages) throws Exception {
        UploadPlan plan = UploadPlan.of(List.of(mbox(messages)), Quoting.MBOXRD, Optional.empty(), messages);
        try (EmailClient client = client(endpoint)) {
            return new MailboxUpload(client, folder, true).run(plan, Optional.empty(), new Cancellation(), _ -> {});
        }
    }

    private Path mbox(int messages) throws IOException {
        String text = IntStream.range(0, messages)
                .mapToObj(i -> "From a@heavy.test Fri Mar  1 10:00:00 2024\nMessage-ID: " + id(i) + "\nSubject: " + i
                        + "\n\nThe " + i + "th\n\n")
                .collect(Collectors.joining());
        return Files.writeString(files.resolve("messages.mbox"), text);
    }

    private static String id(int message) {
        return "<" + message + "@heavy.test>";
    }

    private SurveyResult survey(Endpoint endpoint) {
        try (EmailClient client = client(endpoint)) {
            return new MailboxSurvey(client).run(new Cancellation(), _ -> {});
        }
    }

    private DownloadResult download(
            Endpoint endpoint,
            ArchiveFormat format,
            List<String> folders,
            Cancellation cancellation,
            Consumer<Progress> live)
            throws Exception {
        try (EmailClient client = client(endpoint);
                Archive archive = Archive.open(files, format, MailboxDownload.mailbox(endpoint))) {
            return new MailboxDownload(client, archive, new DownloadOptions(folders, DownloadOptions.LARGEST))
                    .run(cancellation, live);
        }
    }

    /** What another client sees. */
    private List<String> onServer(String user, String folder) throws IOException {
        try (PlainImap imap = new PlainImap(server.host(), server.port("imap"))) {
            imap.command("LOGIN " + user);
            imap.command("EXAMINE " + folder);
            return ids(imap.command("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])").stream());
        }
    }

    private List<String> onDisk(String place) throws IOException {
        return ids(MailFiles.messages(files.resolve(place)).stream());
    }

    private static List<String> ids(Stream<String> texts) {
        return texts.flatMap(text -> MESSAGE_ID.matcher(text).results())
                .map(found -> found.group(1))
                .toList();
    }

    /** Says no more than how many there are: they are long. */
    private static void assertEachOnce(List<String> ids, int messages) {
        assertThat(ids).as("Message-IDs").size().isEqualTo(messages);
        assertThat(Set.copyOf(ids)
                        .equals(IntStream.range(0, messages)
                                .mapToObj(HeavyWorkTest::id)
                                .collect(Collectors.toSet())))
                .as("the same")
                .isTrue();
    }

    private static void assertComplete(WorkEnd end) {
        assertThat(end.progress().notices()).as("given up").noneMatch(Notice.GivenUp.class::isInstance);
        assertThat(end.outcome()).isEqualTo(Outcome.COMPLETE);
    }

    /**
     * Where more are wanted than the server allows, that is told. Dovecot counts before it lets in: of logins at the same moment,
     * and these are as many as connections are open, some pass the limit.
     */
    private static void assertLowered(WorkEnd end, int wanted) {
        int most = wanted > LIMIT ? 2 * LIMIT - 1 : wanted;
        assertThat(end.progress().notices().stream().anyMatch(Notice.Lowered.class::isInstance))
                .as("lowered")
                .isEqualTo(wanted > LIMIT);
        assertThat(end.most()).as("used").isBetween(1, most);
        assertThat(end.progress().connections()).as("left").isBetween(1, most);
    }

    @ParameterizedTest
    @CsvSource({"1, MBOX", "5, MAILDIR", "20, MBOX"})
    void tenThousandMessagesGoUpAndComeDownOnceEach(int connections, ArchiveFormat format) throws Exception {
        String folder = "Many-" + connections;
        Endpoint endpoint = endpoint(connections);

        UploadResult uploaded = upload(endpoint, folder, MANY);
        SurveyResult surveyed = survey(endpoint);
        DownloadResult downloaded = download(endpoint, format, List.of(folder), new Cancellation(), _ -> {});

        assertComplete(uploaded.end());
        assertLowered(uploaded.end(), connections);
        assertEachOnce(onServer("alice secret", folder), MANY);
        assertComplete(surveyed.end());
        assertThat(messages(surveyed)).containsEntry(folder, (long) MANY);
        assertComplete(downloaded.end());
        assertLowered(downloaded.end(), connections);
        assertEachOnce(onDisk(folder + (format == ArchiveFormat.MBOX ? ".mbox" : "")), MANY);
    }

    private static Map<String, Long> messages(SurveyResult result) {
        return result.folders().stream().collect(Collectors.toMap(FolderSurvey::name, FolderSurvey::messages));
    }

    @Test
    void aDownloadThatIsCancelledInTheMiddleGoesOnLater() throws Exception {
        upload(endpoint(LIMIT), "Halves", MANY);
        Cancellation cancellation = new Cancellation();
        List<String> folder = List.of("Halves");
        DownloadResult first = download(endpoint(5), ArchiveFormat.MBOX, folder, cancellation, now -> {
            if (now.messages() == MANY / 2) {
                cancellation.cancel();
            }
        });

        DownloadResult second = download(endpoint(5), ArchiveFormat.MBOX, folder, new Cancellation(), _ -> {});

        assertThat(first.end().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(first.messages()).isBetween(MANY / 2L, MANY - 1L);
        assertComplete(second.end());
        assertThat(second.alreadyThere()).isEqualTo(first.messages());
        assertThat(second.messages()).isEqualTo(MANY - first.messages());
        assertEachOnce(onDisk("Halves.mbox"), MANY);
    }

    @Test
    void nothingIsLostOrDoubledWhileConnectionsAreCutAgainAndAgain() throws Exception {
        uploadsBehindCuts();
        List<String> parts = divide();
        surveysBehindCuts(parts);
        downloadsBehindCuts(parts);
    }

    private void uploadsBehindCuts() throws Exception {
        try (CuttingRelay relay = cutting()) {
            UploadResult result = upload(behind(relay), "All", SOME);

            assertComplete(result.end());
            assertThat(result.appended()).isEqualTo(SOME);
            assertOften(relay, result.end());
        }
        assertEachOnce(onServer("bob secret2", "All"), SOME);
    }

    /** Into folders so small that few cuts fall into one: what is broken off four times is given up. */
    private List<String> divide() throws IOException {
        List<String> parts = new ArrayList<>();
        int size = SOME / PARTS;
        try (PlainImap imap = new PlainImap(server.host(), server.port("imap"))) {
            imap.command("LOGIN bob secret2");
            imap.command("SELECT All");
            for (int from = 1; from <= SOME; from += size) {
                parts.add("Part-" + from);
                imap.command("CREATE Part-" + from);
                imap.command("COPY " + from + ":" + (from + size - 1) + " Part-" + from);
            }
            imap.command("DELETE All");
        }
        return parts;
    }

    private void surveysBehindCuts(List<String> parts) throws Exception {
        try (CuttingRelay relay = cutting()) {
            SurveyResult result = survey(behind(relay));

            assertComplete(result.end());
            assertThat(messages(result).entrySet().stream()
                            .filter(folder -> parts.contains(folder.getKey()))
                            .map(Map.Entry::getValue))
                    .hasSize(PARTS)
                    .containsOnly((long) SOME / PARTS);
            assertThat(result.messages()).isEqualTo(SOME);
            assertOften(relay, result.end());
        }
    }

    private void downloadsBehindCuts(List<String> parts) throws Exception {
        try (CuttingRelay relay = cutting()) {
            DownloadResult result = download(behind(relay), ArchiveFormat.MBOX, List.of(), new Cancellation(), _ -> {});

            assertComplete(result.end());
            assertThat(result.messages()).isEqualTo(SOME);
            assertOften(relay, result.end());
        }
        List<String> ids = new ArrayList<>();
        for (String part : parts) {
            ids.addAll(onDisk(part + ".mbox"));
        }
        assertEachOnce(ids, SOME);
    }

    /** Enough bytes for a login and the largest job that comes, so that the work gets on between the cuts. */
    private CuttingRelay cutting() throws IOException {
        return new CuttingRelay(server.port("imap"), SEED, 14_000, 40_000);
    }

    private static void assertOften(CuttingRelay relay, WorkEnd end) {
        assertThat(relay.cuts()).as("cuts").isGreaterThanOrEqualTo(3);
        assertThat(end.progress().notices()).hasAtLeastOneElementOfType(Notice.Lost.class);
    }
}
