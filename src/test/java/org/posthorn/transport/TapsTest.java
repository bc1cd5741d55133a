package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.RecordingRelay;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.tls.CertificateJudge;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.ByteTap;
import org.posthorn.wire.RecordTap;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/** What the taps see is what a recording server saw, byte for byte. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class TapsTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final SSLContext CONTEXT =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();
    /** Short and long, below and above what a TLS record holds. */
    private static final int[] SIZES = {1, 2, 17, 1000, 16_383, 16_384, 16_385, 100_000};

    private final ManualTimer timer = new ManualTimer();
    private final Random random = new Random(1);
    private final ByteArrayOutputStream serverSent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream serverReceived = new ByteArrayOutputStream();
    private final Bytes above = new Bytes();

    /** How the connection is secured. */
    enum Way {
        PLAIN,
        IMPLICIT,
        STARTTLS
    }

    @AfterEach
    void endTheTimer() {
        timer.shutdownNow();
    }

    /** All that passes above TLS. */
    private static final class Bytes implements ByteTap {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public void sent(byte[] bytes, int offset, int length) {
            sent.write(bytes, offset, length);
        }

        @Override
        public void received(byte[] bytes, int offset, int length) {
            received.write(bytes, offset, length);
        }

        @Override
        public void note(String text) {}

        @Override
        public void flush() {}
    }

    @ParameterizedTest
    @EnumSource
    void theUpperOneSeesWhatTheServerSees(Way way) throws Exception {
        try (ScriptedServer server = server(way)) {
            try (Transport transport = connect(server)) {
                if (way == Way.IMPLICIT) {
                    secure(transport, false);
                }
                exchange(transport, line(1));
                if (way == Way.STARTTLS) {
                    secure(transport, true);
                }
                for (int size : SIZES) {
                    exchange(transport, line(size));
                }
            }
            server.awaitScripts();
        }

        assertThat(above.sent.toByteArray()).isEqualTo(serverReceived.toByteArray());
        assertThat(above.received.toByteArray()).isEqualTo(serverSent.toByteArray());
    }

    /** What was recorded on the wire makes another tap write the same lines, each with the length of its message or record. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theLowerOneSeesWhatPassesOnTheWire(TlsVersion version) throws Exception {
        WireLog seen = new WireLog(Clock.systemUTC(), 100_000);
        WireLog recorded = new WireLog(Clock.systemUTC(), 100_000);
        RecordTap tap = new RecordTap(seen, 1, () -> Phase.READY);
        RecordTap again = new RecordTap(recorded, 1, () -> Phase.READY);
        try (ScriptedServer server = server(Way.IMPLICIT);
                RecordingRelay relay = new RecordingRelay(server.port())) {
            try (Socket socket = socket(relay.port())) {
                speak(new TappedSocket(Link.over(socket), tap), version, tap);
            }
            byte[] fromServer = relay.fromServer();
            byte[] fromClient = relay.fromClient();
            again.received(fromServer, 0, fromServer.length);
            again.sent(fromClient, 0, fromClient.length);
        }

        assertThat(records(seen, "→")).isEqualTo(records(recorded, "→")).hasSizeGreaterThan(SIZES.length);
        assertThat(records(seen, "←")).isEqualTo(records(recorded, "←")).hasSizeGreaterThan(SIZES.length);
    }

    private void speak(TappedSocket socket, TlsVersion version, RecordTap tap) throws Exception {
        ClientHandshake.Secured secured = handshake(TlsSettings.defaults().withVersions(EnumSet.of(version)))
                .run(socket, socket.getInetAddress(), socket.getPort(), tap);
        for (int size : SIZES) {
            byte[] request = line(size);
            secured.out().write(request);
            secured.out().flush();
            secured.in().readNBytes(request.length);
        }
    }

    /** The lines of one direction that tell of bytes, and not of what the TLS stack knows of them. */
    private static List<String> records(WireLog log, String arrow) {
        return log.from(0, 100_000).stream()
                .map(WireEvent::text)
                .filter(line -> line.startsWith(arrow + " "))
                .filter(line -> line.contains(" bytes)") || line.endsWith("change_cipher_spec"))
                .toList();
    }

    /** A server that says each line again, and keeps both. */
    private ScriptedServer server(Way way) throws IOException {
        return ScriptedServer.of(peer -> {
            if (way == Way.IMPLICIT) {
                peer.startTls(CONTEXT);
            }
            say(peer);
            if (way == Way.STARTTLS) {
                peer.startTls(CONTEXT);
            }
            while (true) {
                say(peer);
            }
        });
    }

    private void say(ScriptedServer.Peer peer) throws IOException {
        byte[] line = (peer.hear() + "\r\n").getBytes(StandardCharsets.UTF_8);
        serverReceived.writeBytes(line);
        serverSent.writeBytes(line);
        peer.send(line);
    }

    /** A line of so many characters before its end. */
    private byte[] line(int size) {
        byte[] line = new byte[size + 2];
        for (int at = 0; at < size; at++) {
            line[at] = (byte) ('!' + random.nextInt('~' - '!'));
        }
        line[size] = '\r';
        line[size + 1] = '\n';
        return line;
    }

    private static void exchange(Transport transport, byte[] line) throws FailureException {
        byte[] answer = transport.exchange(LONG, lines -> {
            lines.sendRaw(line);
            return lines.receiveRaw(line.length);
        });
        assertThat(answer).isEqualTo(line);
    }

    private static void secure(Transport transport, boolean afterStarttls) throws Exception {
        transport.secure(handshake(TlsSettings.defaults()), LONG, afterStarttls, _ -> {});
    }

    private static ClientHandshake handshake(TlsSettings settings) throws Exception {
        var anchors = TrustAnchors.of(List.of(Certificates.authority().certificate()));
        return new ClientHandshake(
                settings, "127.0.0.1", new CertificateJudge(Trust.builtIn(), anchors, Clock.systemUTC()));
    }

    private Transport connect(ScriptedServer server) throws IOException {
        WireLog log = new WireLog(Clock.systemUTC(), 100);
        SecretMask mask = new SecretMask(List.of());
        RecordTap records = new RecordTap(log, 1, () -> Phase.READY);
        return new Transport(
                Link.over(socket(server.port())),
                new Guard(timer, new Cancellation()),
                ByteCaps.defaults(),
                new Taps(above, records, () -> Phase.READY, mask, log, 1));
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
