package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.Trust;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.tls.CertificateJudge;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class TransportTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final byte[] MUCH = new byte[1024 * 1024];

    private final ManualTimer timer = new ManualTimer();
    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void endTheTimer() {
        timer.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsAWriteToAServerThatDoesNotRead(boolean tls) throws Exception {
        try (ScriptedServer server = tls ? secured() : ScriptedServer.of(ScriptedServer.Peer::hold);
                Transport transport = connect(server, tls)) {
            Thread passing = Thread.ofVirtual().start(timer::elapseNext);

            Failure failure = failure(() -> transport.exchange(LONG, TransportTest::writeForEver));

            passing.join();
            assertThat(failure).isEqualTo(new Failure.TimedOut(Phase.READY, LONG));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelsAWriteToAServerThatDoesNotRead(boolean tls) throws Exception {
        try (ScriptedServer server = tls ? secured() : ScriptedServer.of(ScriptedServer.Peer::hold);
                Transport transport = connect(server, tls)) {
            Failure failure = failure(() -> transport.exchange(LONG, lines -> {
                Thread.ofVirtual().start(cancellation::cancel);
                return writeForEver(lines);
            }));

            assertThat(failure).isEqualTo(new Failure.Cancelled(Phase.READY));
        }
    }

    @Test
    void usesNoConnectionOnWhichALimitPassed() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::ignore);
                Transport transport = connect(server, false)) {
            Thread passing = Thread.ofVirtual().start(timer::elapseNext);
            failure(() -> transport.exchange(LONG, Transport.Lines::receive));
            passing.join();

            server.awaitScripts();
            assertThat(failure(() -> transport.exchange(LONG, Transport.Lines::receive)))
                    .isInstanceOf(Failure.ConnectionLost.class);
        }
    }

    @Test
    void countsTheCapAnewForEachReply() throws Exception {
        ByteCaps caps = new ByteCaps(1000, 20, 10);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("greeting");
                    peer.hear();
                    peer.say("a reply of 18 byt");
                    peer.hear();
                    peer.say("a reply that is too long");
                    peer.ignore();
                });
                Transport transport = connect(server, caps)) {
            assertThat(receive(transport)).isEqualTo("greeting");
            assertThat(transport.<String>exchange(LONG, TransportTest::ask)).isEqualTo("a reply of 18 byt");
            assertThat(failure(() -> transport.exchange(LONG, TransportTest::ask)))
                    .isEqualTo(new Failure.TooMuchReceived(Phase.READY, "a reply", 20));
        }
    }

    @Test
    void readsWhatIsNotUtf8WithoutLosingAByte() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.send(new byte[] {'G', 'r', (byte) 0xfc, (byte) 0xdf, 'e', '\n'});
                    peer.say("Grüße");
                    peer.ignore();
                });
                Transport transport = connect(server, false)) {
            assertThat(receive(transport)).isEqualTo("Grüße");
            assertThat(receive(transport)).isEqualTo("Grüße");
        }
    }

    private static String receive(Transport transport) throws FailureException {
        return transport.exchange(LONG, Transport.Lines::receive);
    }

    private static String ask(Transport.Lines lines) throws IOException {
        lines.send("NOOP");
        return lines.receive();
    }

    private static String writeForEver(Transport.Lines lines) throws IOException {
        while (true) {
            lines.sendRaw(MUCH);
        }
    }

    private interface Call {
        void run() throws FailureException;
    }

    private static Failure failure(Call call) {
        return assertThrows(FailureException.class, call::run).failure();
    }

    private static ScriptedServer secured() throws IOException {
        return ScriptedServer.secured(
                Certificates.authority().leaf("127.0.0.1").issue().serverContext(), ScriptedServer.Peer::hold);
    }

    private Transport connect(ScriptedServer server, ByteCaps caps) throws Exception {
        Socket socket = new Socket(Proxy.NO_PROXY);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(server.host()), server.port()));
        WireLog log = new WireLog(Clock.systemUTC(), 100);
        Taps taps = Taps.of(log, 1, Protocol.IMAP, List.of(), () -> Phase.READY);
        return new Transport(Link.over(socket), new Guard(timer, cancellation), caps, taps);
    }

    private Transport connect(ScriptedServer server, boolean tls) throws Exception {
        Transport transport = connect(server, ByteCaps.defaults());
        if (tls) {
            var anchors = TrustAnchors.of(List.of(Certificates.authority().certificate()));
            var judge = new CertificateJudge(Trust.builtIn(), anchors, Clock.systemUTC());
            transport.secure(new ClientHandshake(TlsSettings.defaults(), "127.0.0.1", judge), LONG, false, _ -> {});
        }
        return transport;
    }
}
