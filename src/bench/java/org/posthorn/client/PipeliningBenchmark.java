package org.posthorn.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.client.smtp.DeliveryStatus;
import org.posthorn.client.smtp.Envelope;
import org.posthorn.client.smtp.MessageContent;
import org.posthorn.client.smtp.Submission;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/**
 * Pipelining on against off, in turns, at 0, 20 and 100 ms of added round trip: {@code PipeliningBenchmark SMTP POP3 IMAP ROUNDS}
 * with the ports of the lab's {@code postfix@lmtp} and {@code dovecot}. SMTP sends one message to 20 recipients, POP3 and IMAP
 * fetch 50 messages.
 */
public final class PipeliningBenchmark implements AutoCloseable {
    private static final int RECIPIENTS = 20;
    private static final int MESSAGES = 50;

    private final Network network = Network.system();
    private final Connector connector =
            new Connector(network, TrustAnchors.builtIn(), new WireLog(Clock.systemUTC(), 1000), Clock.systemUTC());
    private final int[] ports;
    private final int rounds;

    private PipeliningBenchmark(int[] ports, int rounds) {
        this.ports = ports;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, FailureException {
        int[] ports =
                IntStream.range(0, 3).map(i -> Integer.parseInt(arguments[i])).toArray();
        try (var benchmark = new PipeliningBenchmark(ports, Integer.parseInt(arguments[3]))) {
            benchmark.fill();
            for (int delay : new int[] {0, 20, 100}) {
                for (Protocol protocol : List.of(Protocol.SMTP, Protocol.POP3, Protocol.IMAP)) {
                    benchmark.compare(protocol, Duration.ofMillis(delay));
                }
            }
        }
    }

    /** Work on a connection that is ready. */
    private interface Work {
        void run(Endpoint endpoint, MailConnection connection) throws FailureException;
    }

    private int port(Protocol protocol) {
        return switch (protocol) {
            case SMTP -> ports[0];
            case POP3 -> ports[1];
            case IMAP -> ports[2];
        };
    }

    private static Endpoint endpoint(Protocol protocol, int port, Pipelining pipelining) {
        Endpoint endpoint = Endpoint.of(protocol, "127.0.0.1")
                .withPort(port)
                .withSecurity(TlsMode.NONE)
                .withLogin(Login.password("bob", Secret.of("secret2")));
        return endpoint.withConnections(endpoint.connections().withPipelining(pipelining));
    }

    /** Puts the messages into bob's mailbox and waits for them. */
    private void fill() throws FailureException {
        Endpoint smtp = endpoint(Protocol.SMTP, port(Protocol.SMTP), Pipelining.AUTO);
        Envelope toBob = envelope(List.of("bob@mail.test"));
        for (int i = 0; i < MESSAGES; i++) {
            measured(smtp, (endpoint, connection) -> send(endpoint, connection, toBob));
        }
        Endpoint imap = endpoint(Protocol.IMAP, port(Protocol.IMAP), Pipelining.AUTO);
        List<String> status = new ArrayList<>();
        while (status.stream().noneMatch(line -> line.matches("\\* STATUS \\S+ \\(MESSAGES (5\\d|\\d{3,})\\)"))) {
            measured(
                    imap,
                    (endpoint, connection) -> connection.perform((_, transport) -> {
                        new ImapPipeline(transport, endpoint, true)
                                .run(
                                        List.of(new ImapCommand("STATUS INBOX (MESSAGES)")),
                                        answer -> status.addAll(answer.reply().untagged()));
                        return status;
                    }));
        }
    }

    private void compare(Protocol protocol, Duration delay) throws IOException, FailureException {
        List<Long> off = new ArrayList<>();
        List<Long> on = new ArrayList<>();
        try (DelayRelay relay = new DelayRelay(port(protocol), delay)) {
            for (int round = 0; round < rounds; round++) {
                off.add(measured(endpoint(protocol, relay.port(), Pipelining.OFF), work(protocol)));
                on.add(measured(endpoint(protocol, relay.port(), Pipelining.ON), work(protocol)));
            }
        }
        off.sort(null);
        on.sort(null);
        double slow = off.get(rounds / 2) / 1e6;
        double fast = on.get(rounds / 2) / 1e6;
        System.out.printf(
                "%-4s + %3d ms: off %8.1f ms, on %8.1f ms, %5.1fx (median of %d)%n",
                protocol, delay.toMillis(), slow, fast, slow / fast, rounds);
    }

    private Work work(Protocol protocol) {
        Envelope toMany = envelope(IntStream.range(0, RECIPIENTS)
                .mapToObj(i -> "somebody-" + i + "@elsewhere.test")
                .toList());
        return switch (protocol) {
            case SMTP -> (endpoint, connection) -> send(endpoint, connection, toMany);
            case POP3 -> PipeliningBenchmark::retrieve;
            case IMAP -> PipeliningBenchmark::fetch;
        };
    }

    /** How long the work takes, without the way to it. */
    private long measured(Endpoint endpoint, Work work) throws FailureException {
        try (MailConnection connection =
                connector.connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
            long start = System.nanoTime();
            work.run(endpoint, connection);
            return System.nanoTime() - start;
        }
    }

    private static Envelope envelope(List<String> recipients) {
        return new Envelope("bob@mail.test", recipients, false, false, DeliveryStatus.unasked());
    }

    private static void send(Endpoint endpoint, MailConnection connection, Envelope envelope) throws FailureException {
        Submission sent = new MessageSending(endpoint).send(connection, envelope, new Text(), _ -> {});
        require(sent.outcome() == Submission.Outcome.SENT, sent.toString());
    }

    private static void retrieve(Endpoint endpoint, MailConnection connection) throws FailureException {
        List<Pop3Command> commands =
                IntStream.rangeClosed(1, MESSAGES).mapToObj(Pop3Command::retr).toList();
        connection.perform((_, transport) -> {
            new Pop3Pipeline(transport, endpoint, pipelined(endpoint))
                    .run(commands, answer -> require(answer.reply().ok(), answer.toString()));
            return commands;
        });
    }

    private static void fetch(Endpoint endpoint, MailConnection connection) throws FailureException {
        List<ImapCommand> commands = new ArrayList<>(List.of(new ImapCommand("EXAMINE INBOX")));
        IntStream.rangeClosed(1, MESSAGES)
                .mapToObj(message -> new ImapCommand("FETCH " + message + " (BODY.PEEK[])"))
                .forEach(commands::add);
        connection.perform((_, transport) -> {
            new ImapPipeline(transport, endpoint, pipelined(endpoint))
                    .run(commands, answer -> require(answer.reply().isOk(), answer.toString()));
            return commands;
        });
    }

    private static boolean pipelined(Endpoint endpoint) {
        return endpoint.connections().pipelining() == Pipelining.ON;
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new IllegalStateException(what);
        }
    }

    /** A message of about 2 KB. */
    private static final class Text implements MessageContent {
        private static final byte[] BYTES = ("Subject: measured\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(28))
                .getBytes(StandardCharsets.US_ASCII);

        @Override
        public long size() {
            return BYTES.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(BYTES);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
