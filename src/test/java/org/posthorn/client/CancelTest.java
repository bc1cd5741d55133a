package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.Misbehaviour;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.testkit.Together;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;

/** A check is cancelled while it waits, in each phase; no deadline ever passes here. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class CancelTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicReference<Optional<Phase>> running = new AtomicReference<>(Optional.empty());
    private Consumer<Phase> onPhase = _ -> {};

    @ParameterizedTest
    @CsvSource({"IMAP, false", "IMAP, true", "POP3, false", "POP3, true", "SMTP, false", "SMTP, true"})
    void endsEveryWaitForAReply(Protocol protocol, boolean starttls) {
        Session session = starttls ? Session.starttls(protocol) : Session.plain(protocol);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int i = 0; i < session.replies().size() - 1; i++) {
            int reply = i;
            for (Misbehaviour waiting : List.of(Misbehaviour.SILENT, Misbehaviour.DRIP)) {
                cases.put(
                        waiting + " instead of reply " + reply,
                        () -> new CancelTest().cancelAtReply(session, reply, waiting));
            }
        }
        Together.run(cases);
    }

    private void cancelAtReply(Session session, int reply, Misbehaviour waiting) throws Exception {
        Phase phase = session.replies().get(reply).phase();
        try (Checks checks = checks(AddressLookup.system());
                ScriptedServer server = ScriptedServer.of(peer -> {
                    session.serve(peer, reply);
                    waiting.act(peer, session.protocol(), () -> cancelIn(phase));
                })) {
            CheckResult result = run(checks, Checks.endpoint(session.protocol(), server, session.security()));

            server.awaitScripts();
            assertCancelled(result, phase);
        }
    }

    @ParameterizedTest
    @CsvSource({"SILENT", "DRIP"})
    void endsTheHandshake(Misbehaviour waiting) throws Exception {
        try (Checks checks = checks(AddressLookup.system());
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.hear(1);
                    if (waiting == Misbehaviour.DRIP) {
                        // The beginning of a long handshake record, so that the bytes that follow are part of one.
                        peer.send(new byte[] {22, 3, 3, 0x3f, 0});
                    }
                    waiting.act(peer, Protocol.IMAP, () -> cancelIn(Phase.TLS));
                })) {
            CheckResult result = run(checks, Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT));

            server.awaitScripts();
            assertCancelled(result, Phase.TLS);
        }
    }

    @Test
    void endsTheLookup() {
        CountDownLatch end = new CountDownLatch(1);
        AddressLookup slow = name -> {
            cancelIn(Phase.RESOLVE);
            awaitUninterruptibly(end);
            return List.of();
        };
        try (Checks checks = checks(slow)) {
            CheckResult result = run(checks, Endpoint.of(Protocol.IMAP, "mail.test"));

            assertCancelled(result, Phase.RESOLVE);
        } finally {
            end.countDown();
        }
    }

    @Test
    void endsTheDialling() throws Exception {
        List<Socket> queue = new ArrayList<>();
        onPhase = phase -> {
            if (phase == Phase.CONNECT) {
                Thread.ofVirtual().start(cancellation::cancel);
            }
        };
        try (Checks checks = checks(AddressLookup.system());
                ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(deaf, queue);
            CheckResult result = run(
                    checks,
                    Endpoint.of(Protocol.IMAP, "127.0.0.1")
                            .withPort(deaf.getLocalPort())
                            .withSecurity(TlsMode.NONE));

            assertCancelled(result, Phase.CONNECT);
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    /** The socket is closed while it is still the dialling's, which has nothing left to wait for. */
    @Test
    void isACancelAlsoAtTheMomentTheServerAnswers() throws Exception {
        try (Checks checks = checks(AddressLookup.system());
                ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::hold)) {
            CheckResult result = new Check(checks.connector())
                    .run(
                            Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE),
                            CheckOptions.complete(),
                            cancellation,
                            timeline -> {
                                if (isReached(timeline)) {
                                    cancellation.cancel();
                                }
                            });

            assertCancelled(result, Phase.CONNECT);
        }
    }

    private static boolean isReached(Timeline timeline) {
        return timeline.records().stream()
                .anyMatch(record -> record.facts() instanceof Facts.Connected connected
                        && connected.address().isPresent());
    }

    @Test
    void connectsNowhereWhenItWasCancelledBefore() throws Exception {
        cancellation.cancel();
        try (Checks checks = checks(AddressLookup.system());
                ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::ignore)) {
            CheckResult result = run(checks, Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.CANCELLED);
            assertThat(server.connections()).isZero();
        }
    }

    /** Connects until nobody is let in any more, since nobody accepts. */
    private static void fill(ServerSocket deaf, List<Socket> queue) throws IOException {
        while (true) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 200);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }

    private CheckResult run(Checks checks, Endpoint endpoint) {
        Endpoint alice = endpoint.withLogin(Login.password("alice", Secret.of("s3cret!")));
        return new Check(checks.connector()).run(alice, CheckOptions.complete(), cancellation, this::follow);
    }

    private void follow(Timeline timeline) {
        Optional<Phase> phase = timeline.records().reversed().stream()
                .findFirst()
                .filter(PhaseRecord::isRunning)
                .map(PhaseRecord::phase);
        running.set(phase);
        phase.ifPresent(onPhase);
    }

    private void cancelIn(Phase phase) {
        if (running.get().equals(Optional.of(phase))) {
            cancellation.cancel();
        }
    }

    private static void assertCancelled(CheckResult result, Phase phase) {
        assertThat(result.outcome()).isEqualTo(CheckOutcome.CANCELLED);
        assertThat(Checks.failure(result)).isEqualTo(new Failure.Cancelled(phase));
        assertThat(result.timeline().state()).isEqualTo(ConnectionState.BROKEN);
        PhaseRecord last = result.timeline().records().getLast();
        assertThat(last.phase()).isEqualTo(phase);
        assertThat(last.outcome()).isEqualTo(Outcome.CANCELLED);
    }

    private static Checks checks(AddressLookup lookup) {
        return new Checks(new Network(lookup, ByteCaps.defaults(), new ManualTimer()));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
