package org.posthorn.mailbox.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Connector;
import org.posthorn.client.DelayRelay;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/**
 * Survey, download and upload over 1, 5 and 10 connections, in turns, at 0, 20 and 100 ms of added round trip:
 * {@code HeavyWorkBenchmark IMAP MESSAGES ROUNDS} with the port of the lab's {@code dovecot}. Beside them stands Python's imaplib,
 * which does the same over one connection, folder by folder and message by message. Every time is from before connecting to after
 * the last reply; ratios are speeds, to that of one connection. It works in folders of carol's and deletes them.
 */
public final class HeavyWorkBenchmark implements AutoCloseable {
    private static final int FOLDERS = 20;
    private static final String UPLOADED = "Bench-upload";

    /** Says how many seconds it took: its own start does not count. */
    private static final String IMAPLIB = """
        import imaplib, sys, time
        port, work, messages, folders = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
        text = open(0, "rb").read()
        items = {"survey": "(UID RFC822.SIZE INTERNALDATE FLAGS)", "download": "(UID BODY.PEEK[])"}
        start = time.monotonic()
        imap = imaplib.IMAP4("127.0.0.1", int(port))
        imap.login("carol@mail.test", "secret3")
        done = 0
        if work == "upload":
            imap.create(folders[0])
            while done < messages and imap.append(folders[0], None, None, text)[0] == "OK":
                done += 1
        else:
            for folder in folders:
                done += int(imap.select(folder, readonly=True)[1][0])
                imap.fetch("1:*", items[work])
        imap.logout()
        print(time.monotonic() - start if done == messages else f"{done} of {messages}")
        """;

    private final Network network = Network.system();
    private final Connector connector =
            new Connector(network, TrustAnchors.builtIn(), new WireLog(Clock.systemUTC(), 1000), Clock.systemUTC());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> folders =
            IntStream.range(0, FOLDERS).mapToObj(i -> "Bench-" + i).toList();
    private final Path files;
    private final int server;
    private final int messages;
    private final int rounds;

    private HeavyWorkBenchmark(Path files, int server, int messages, int rounds) {
        this.files = files;
        this.server = server;
        this.messages = messages / FOLDERS * FOLDERS;
        this.rounds = rounds;
    }

    /** What is measured. */
    private enum Work {
        SURVEY,
        DOWNLOAD,
        UPLOAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static void main(String[] arguments) throws Exception {
        int[] numbers = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
        Path files = Files.createTempDirectory("heavy-work");
        try (var benchmark = new HeavyWorkBenchmark(files, numbers[0], numbers[1], numbers[2])) {
            benchmark.run();
        }
    }

    private void run() throws Exception {
        folders.forEach(this::delete);
        delete(UPLOADED);
        for (String folder : folders) {
            upload(endpoint(server, 5), folder, messages / FOLDERS);
        }
        System.out.printf(
                "%d messages of 2 KB in %d folders; median of %d, in ms (times as fast as 1 connection)%n",
                messages, FOLDERS, rounds);
        System.out.printf(
                "%-8s %7s %9s %17s %17s %17s%n", "", "added", "1", "5 connections", "10 connections", "imaplib, 1");
        for (Work work : Work.values()) {
            measure(work, endpoint(server, 10));
            for (int delay : new int[] {0, 20, 100}) {
                compare(work, Duration.ofMillis(delay));
            }
        }
        folders.forEach(this::delete);
    }

    private void compare(Work work, Duration delay) throws Exception {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        try (DelayRelay relay = new DelayRelay(server, delay)) {
            for (int round = 0; round < rounds; round++) {
                for (int connections : new int[] {1, 5, 10}) {
                    double time = measure(work, endpoint(relay.port(), connections));
                    millis.computeIfAbsent("" + connections, _ -> new ArrayList<>())
                            .add(time);
                }
                millis.computeIfAbsent("imaplib", _ -> new ArrayList<>()).add(imaplib(work, relay.port()));
            }
        }
        List<Double> medians = millis.values().stream()
                .map(times -> times.stream().sorted().toList().get(rounds / 2))
                .toList();
        System.out.printf(
                "%-8s %4d ms %9.0f %s%n",
                work.word(),
                delay.toMillis(),
                medians.getFirst(),
                medians.stream()
                        .skip(1)
                        .map(time -> "%9.0f (%4.1fx)".formatted(time, medians.getFirst() / time))
                        .collect(Collectors.joining(" ")));
    }

    private double measure(Work work, Endpoint endpoint) throws Exception {
        WorkEnd end = switch (work) {
            case SURVEY -> survey(endpoint);
            case DOWNLOAD -> download(endpoint);
            case UPLOAD -> upload(endpoint, UPLOADED, messages);
        };
        if (work == Work.UPLOAD) {
            delete(UPLOADED);
        }
        return end.elapsed().toNanos() / 1e6;
    }

    private WorkEnd survey(Endpoint endpoint) {
        try (EmailClient client = client(endpoint)) {
            SurveyResult result = new MailboxSurvey(client).run(new Cancellation(), _ -> {});
            return complete(result.end(), result.messages(), messages);
        }
    }

    private WorkEnd download(Endpoint endpoint) throws IOException {
        Path place = Files.createTempDirectory(files, "download");
        try (EmailClient client = client(endpoint);
                Archive archive = Archive.open(place, ArchiveFormat.MBOX, MailboxDownload.mailbox(endpoint))) {
            DownloadResult result = new MailboxDownload(
                            client, archive, new DownloadOptions(folders, DownloadOptions.LARGEST))
                    .run(new Cancellation(), _ -> {});
            return complete(result.end(), result.messages(), messages);
        } finally {
            remove(place);
        }
    }

    private WorkEnd upload(Endpoint endpoint, String folder, int count) throws Exception {
        Path mbox = files.resolve("upload.mbox");
        String all = IntStream.range(0, count)
                .mapToObj(i ->
                        "From a@bench.test Fri Mar  1 10:00:00 2024\nMessage-ID: <" + i + "@bench.test>\n" + text())
                .collect(Collectors.joining("\n"));
        Files.writeString(mbox, all + "\n");
        UploadPlan plan = UploadPlan.of(List.of(mbox), Quoting.MBOXRD, Optional.empty(), count);
        try (EmailClient client = client(endpoint)) {
            UploadResult result =
                    new MailboxUpload(client, folder, true).run(plan, Optional.empty(), new Cancellation(), _ -> {});
            return complete(result.end(), result.appended(), count);
        }
    }

    /** About 2 KB. */
    private static String text() {
        return "Subject: measured\n\n" + ("x".repeat(70) + "\n").repeat(28);
    }

    /** With a connection for each that was asked for: otherwise it is not what is measured. */
    private static WorkEnd complete(WorkEnd end, long done, long wanted) {
        if (end.outcome() != WorkEnd.Outcome.COMPLETE
                || done != wanted
                || !end.progress().notices().isEmpty()) {
            throw new IllegalStateException(done + " of " + wanted + ": " + end);
        }
        return end;
    }

    private double imaplib(Work work, int port) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("python3", "-c", IMAPLIB, "" + port, work.word(), "" + messages));
        command.addAll(work == Work.UPLOAD ? List.of(UPLOADED) : folders);
        Process python = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = python.getOutputStream()) {
            out.write(text().replace("\n", "\r\n").getBytes(UTF_8));
        }
        String seconds = new String(python.getInputStream().readAllBytes(), UTF_8).strip();
        python.waitFor();
        if (work == Work.UPLOAD) {
            delete(UPLOADED);
        }
        return Double.parseDouble(seconds) * 1e3;
    }

    private static Endpoint endpoint(int port, int connections) {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "127.0.0.1")
                .withPort(port)
                .withSecurity(TlsMode.NONE)
                .withLogin(Login.password("carol@mail.test", Secret.of("secret3")));
        return endpoint.withConnections(
                endpoint.connections().withQuantity(connections).withMultiConnection(MultiConnection.ON));
    }

    private EmailClient client(Endpoint endpoint) {
        return new EmailClient(endpoint, connector, timer, _ -> {});
    }

    /** One that is not there stays so. */
    private void delete(String folder) {
        Endpoint endpoint = endpoint(server, 1);
        try (EmailClient client = client(endpoint)) {
            client.currentConnection()
                    .run(mail -> mail.perform(
                            (_, transport) -> new ImapFolder(endpoint, mail, transport).demand("DELETE " + folder)));
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.CommandRejected)) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path :
                    inside.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        network.close();
        remove(files);
    }
}
