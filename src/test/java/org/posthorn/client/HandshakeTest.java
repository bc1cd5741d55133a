package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.Misbehaviour;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;

/** Servers that do not do their part of the handshake, and ports that wait for one. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class HandshakeTest {
    private final ManualTimer timer = new ManualTimer();
    private final Checks checks = new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), timer));

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"END", "RESET"})
    void endsInPhaseTls(Misbehaviour misbehaviour) throws Exception {
        try (checks;
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.hear(1);
                    misbehaviour.act(peer, Protocol.IMAP, timer::elapse);
                })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.IMPLICIT));

            server.awaitScripts();
            assertThat(failure(result).stage()).isEqualTo(Phase.TLS);
            assertThat(failure(result)).isInstanceOf(expected(misbehaviour));
        }
    }

    @Test
    void namesTheAlertThatCame() throws Exception {
        try (checks;
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.hear(1);
                    Misbehaviour.TLS_ALERT.act(peer, Protocol.IMAP, timer::elapse);
                })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.IMPLICIT));

            assertThat(((Failure.HandshakeFailed) failure(result)).alert()).isEqualTo(Optional.of("handshake_failure"));
        }
    }

    @Test
    void namesTheAlertThatThisSideSendsUnderEncryption() throws Exception {
        var context =
                Certificates.authority("Stranger").leaf("127.0.0.1").issue().serverContext();
        try (checks;
                ScriptedServer server = ScriptedServer.secured(context, ScriptedServer.Peer::ignore)) {
            checks.run(endpoint(server, TlsMode.IMPLICIT));
        }

        assertThat(checks.logText()).endsWith("""
            T ← EncryptedExtensions
            T ← Certificate: CN=127.0.0.1
            T → alert fatal certificate_unknown\
            """);
    }

    @Test
    void showsWhatCameInsteadOfTlsThoughItsLineNeverEnded() throws Exception {
        try (checks;
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.hear(1);
                    peer.send("no TLS here".getBytes(StandardCharsets.US_ASCII));
                    peer.end();
                })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.IMPLICIT));

            assertThat(failure(result)).isEqualTo(new Failure.TlsNotSpoken("no TLS here"));
            assertThat(checks.logText()).contains("not TLS: no TLS here");
        }
    }

    @Test
    void findsOutThatASilentPortWaitsForTls() throws Exception {
        var context = Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        try (checks;
                ScriptedServer server = ScriptedServer.secured(context, ScriptedServer.Peer::ignore)) {
            // The first deadline is the greeting's; that of the probe does not pass.
            Thread passing = Thread.ofVirtual().start(timer::elapseNext);
            CheckResult result = checks.run(endpoint(server, TlsMode.NONE));
            passing.join();

            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.GreetingTimeout.class,
                            timeout -> assertThat(timeout.probe()).isEqualTo(Facts.Probe.TLS_ANSWERED));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"END", "RESET"})
    void takesAServerThatClosesOnEverybodyForNoEnemyOfTls(Misbehaviour close) throws Exception {
        try (checks;
                ScriptedServer server =
                        inTurn(mindsTheHello(close), peer -> close.act(peer, Protocol.IMAP, () -> {}))) {
            assertThat(failure(checks.run(endpoint(server, TlsMode.IMPLICIT))))
                    .isInstanceOf(Failure.ClosedOnArrival.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"END", "RESET"})
    void takesAServerThatWaitsForASilentClientForOneThatMindsTheHello(Misbehaviour close) throws Exception {
        try (checks;
                ScriptedServer server = inTurn(
                        mindsTheHello(close), peer -> Misbehaviour.SILENT.act(peer, Protocol.IMAP, timer::elapse))) {
            assertThat(failure(checks.run(endpoint(server, TlsMode.IMPLICIT))))
                    .isInstanceOf(Failure.HandshakeFailed.class);
        }
    }

    @Test
    void findsOutThatAPortGreetsInPlaintextThoughItClosesAtTheHello() throws Exception {
        try (checks;
                ScriptedServer server = inTurn(mindsTheHello(Misbehaviour.END), peer -> {
                    peer.say("* OK ready");
                    peer.ignore();
                })) {
            assertThat(failure(checks.run(endpoint(server, TlsMode.IMPLICIT))))
                    .isEqualTo(new Failure.TlsNotSpoken("* OK ready"));
        }
    }

    @Test
    void tellsAPortThatStaysSilentFromOneThatStalls() throws Exception {
        try (checks;
                ScriptedServer silent =
                        ScriptedServer.of(peer -> Misbehaviour.SILENT.act(peer, Protocol.IMAP, timer::elapse));
                ScriptedServer stalling = ScriptedServer.of(peer -> {
                    peer.hear(1);
                    // It is ignored while a handshake is under way (RFC 5246 §7.4.1.1), and in the log once it has been
                    // read.
                    peer.send(new byte[] {22, 3, 3, 0, 4, 0, 0, 0, 0});
                    while (!checks.logText().contains("← HelloRequest")) {
                        Thread.onSpinWait();
                    }
                    Misbehaviour.SILENT.act(peer, Protocol.IMAP, timer::elapse);
                })) {
            assertThat(failure(checks.run(endpoint(silent, TlsMode.IMPLICIT))))
                    .isInstanceOfSatisfying(
                            Failure.HandshakeTimeout.class,
                            timeout -> assertThat(timeout.answered()).isFalse());
            assertThat(failure(checks.run(endpoint(stalling, TlsMode.IMPLICIT)
                            .withTls(TlsSettings.defaults().withVersions(EnumSet.of(TlsVersion.TLS_1_2))))))
                    .isInstanceOfSatisfying(
                            Failure.HandshakeTimeout.class,
                            timeout -> assertThat(timeout.answered()).isTrue());
        }
    }

    @Test
    void findsOutThatASilentPortIsAWebServers() throws Exception {
        try (checks;
                ScriptedServer server = inTurn(
                        peer -> Misbehaviour.SILENT.act(peer, Protocol.IMAP, timer::elapse),
                        peer -> Misbehaviour.HTTP.act(peer, Protocol.IMAP, () -> {}))) {
            assertThat(failure(checks.run(endpoint(server, TlsMode.NONE))))
                    .isEqualTo(new Failure.WrongProtocol("HTTP", "HTTP/1.1 400 Bad Request"));
        }
    }

    private static ScriptedServer inTurn(ScriptedServer.Script first, ScriptedServer.Script second) throws IOException {
        AtomicBoolean later = new AtomicBoolean();
        return ScriptedServer.of(peer -> (later.getAndSet(true) ? second : first).run(peer));
    }

    private static ScriptedServer.Script mindsTheHello(Misbehaviour close) {
        return peer -> {
            peer.hear(1);
            close.act(peer, Protocol.IMAP, () -> {});
        };
    }

    private static Class<? extends Failure> expected(Misbehaviour misbehaviour) {
        return switch (misbehaviour) {
            case SILENT -> Failure.HandshakeTimeout.class;
            case TLS_ALERT -> Failure.HandshakeFailed.class;
            case END, RESET -> throw new AssertionError("they depend on the second connection");
            case DRIP, ENDLESS_LINE, ENDLESS_LINES, GARBAGE, ENDLESS_ZEROS, HTTP -> Failure.TlsNotSpoken.class;
        };
    }

    private static Endpoint endpoint(ScriptedServer server, TlsMode security) {
        return Checks.endpoint(Protocol.IMAP, server, security);
    }
}
