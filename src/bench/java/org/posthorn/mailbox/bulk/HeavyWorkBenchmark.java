package org.posthorn.mailbox.bulk;

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
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Connector;
import org.posthorn.client.DelayRelay;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/**
 * Survey, download and upload over 1, 5 and 10 connections without and with pipelining, in turns, at 0, 20 and 100 ms of added
 * round trip: {@code HeavyWorkBenchmark IMAP MESSAGES ROUNDS} with the port of the lab's {@code dovecot}. Beside them stands
 * Python's {@link Imaplib}. Every time is from before connecting to after the last reply; ratios are speeds, to that of one
 * connection without pipelining. It works in folders of carol's and deletes them.
 */
public final class HeavyWorkBenchmark implements AutoCloseable {
    private static final int FOLDERS = 10;
    private static final String UPLOADED = "Bench-upload";

    /** An upload asks for each message on its own: of so many messages one is enough to measure it. */
    private static final int UPLOAD_SHARE = 60;

    /** The first is the slowest, which the others are compared with. */
    private static final List<Way> WAYS = Stream.of(1, 5, 10)
            .flatMap(connections -> Stream.of(Pipelining.OFF, Pipelining.ON).map(each -> new Way(connections, each)))
            .toList();

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

    /** How Posthorn does it. */
    private record Way(int connections, Pipelining pipelining) {
        String title() {
            return connections + " " + pipelining.name().toLowerCase(Locale.ROOT);
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
            upload(endpoint(server, WAYS.getFirst()), folder, messages / FOLDERS);
        }
        System.out.printf(
                "Up to %d messages of 2 KB in %d folders; connections and pipelining, median of %d%n",
                messages, FOLDERS, rounds);
        System.out.printf("%14s %6s %12s", "", "added", WAYS.getFirst().title());
        WAYS.stream().skip(1).forEach(way -> System.out.printf(" %8s", way.title()));
        System.out.printf(" %8s%n", "imaplib");
        for (HeavyWork work : HeavyWork.values()) {
            for (Way way : WAYS) {
                measure(work, endpoint(server, way));
            }
            for (int delay : new int[] {0, 20, 100}) {
                compare(work, Duration.ofMillis(delay));
            }
        }
        folders.forEach(this::delete);
    }

    private void compare(HeavyWork work, Duration delay) throws Exception {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        try (DelayRelay relay = new DelayRelay(server, delay)) {
            for (int round = 0; round < rounds; round++) {
                for (Way way : WAYS) {
                    double time = measure(work, endpoint(relay.port(), way));
                    millis.computeIfAbsent(way.title(), _ -> new ArrayList<>()).add(time);
                }
                millis.computeIfAbsent("imaplib", _ -> new ArrayList<>()).add(imaplib(work, relay.port()));
            }
        }
        List<Double> medians = millis.values().stream()
                .map(times -> times.stream().sorted().toList().get(rounds / 2))
                .toList();
        double slowest = medians.getFirst();
        System.out.printf("%5d %-8s %3d ms %9.0f ms", count(work), work.word(), delay.toMillis(), slowest);
        medians.stream().skip(1).forEach(time -> System.out.printf(" %7.1fx", slowest / time));
        System.out.println();
    }

    private double measure(HeavyWork work, Endpoint endpoint) throws Exception {
        WorkEnd end = switch (work) {
            case SURVEY -> survey(endpoint);
            case DOWNLOAD -> download(endpoint);
            case UPLOAD -> upload(endpoint, UPLOADED, count(work));
        };
        if (work == HeavyWork.UPLOAD) {
            delete(UPLOADED);
        }
        return end.elapsed().toNanos() / 1e6;
    }

    private int count(HeavyWork work) {
        return work == HeavyWork.UPLOAD ? messages / UPLOAD_SHARE : messages;
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

    private double imaplib(HeavyWork work, int port) throws IOException, InterruptedException {
        double millis = new Imaplib(port, count(work), text())
                .run(work, work == HeavyWork.UPLOAD ? List.of(UPLOADED) : folders);
        if (work == HeavyWork.UPLOAD) {
            delete(UPLOADED);
        }
        return millis;
    }

    private static Endpoint endpoint(int port, Way way) {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "127.0.0.1")
                .withPort(port)
                .withSecurity(TlsMode.NONE)
                .withLogin(Login.password("carol@mail.test", Secret.of("secret3")));
        return endpoint.withConnections(endpoint.connections()
                .withQuantity(way.connections())
                .withMultiConnection(MultiConnection.ON)
                .withPipelining(way.pipelining()));
    }

    private EmailClient client(Endpoint endpoint) {
        return new EmailClient(endpoint, connector, timer, _ -> {});
    }

    /** One that is not there stays so. */
    private void delete(String folder) {
        Endpoint endpoint = endpoint(server, WAYS.getFirst());
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
