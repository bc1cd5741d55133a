package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.timeline.Phase;

class RecordTapTest {
    private static final String HOST = "imap.example.org";

    private final IssuedCertificate certificate =
            Certificates.authority().leaf(HOST).issue();
    private final SSLEngine client = clientTrusting(Certificates.authority().certificate());
    private final SSLEngine server = certificate.serverContext().createSSLEngine();
    private final WireLog log = new WireLog(Clock.systemUTC(), 1000);
    private final RecordTap tap = new RecordTap(log, 7, () -> Phase.TLS);

    @Test
    void showsWhatIsOfferedAndChosenInTls13() throws SSLException {
        feed(tap, new Handshake(client, server).run(), Integer.MAX_VALUE);

        String suite = client.getSession().getCipherSuite();
        assertThat(lines(log).getFirst())
                .startsWith("→ ClientHello (")
                .contains("versions TLSv1.3, TLSv1.2; SNI " + HOST + "; cipher suites TLS_AES_256_GCM_SHA384, ");
        assertThat(lines(log).get(1))
                .startsWith("← ServerHello (")
                .endsWith(" bytes): TLSv1.3, " + suite + "; group x25519");
        assertThat(lines(log).getFirst())
                .contains("; groups x25519, secp256r1", "; key shares x25519", "; signature algorithms ecdsa_");
        assertThat(tap.group()).contains("x25519");
        assertThat(lines(log))
                .contains("→ change_cipher_spec")
                .anyMatch(line -> line.startsWith("← encrypted record ("));
        assertThat(tap.serverHelloSeen()).isTrue();
        assertThat(tap.alertReceived()).isEmpty();
        assertThat(tap.alertSent()).isEmpty();
        assertThat(tap.notTls()).isEmpty();
        assertThat(log.from(0, 1).getFirst())
                .extracting(WireEvent::connection, WireEvent::direction, WireEvent::phase)
                .containsExactly(7, Direction.TLS, Phase.TLS);
    }

    @Test
    void namesEachMessageOfTls12UntilItIsEncrypted() throws SSLException {
        client.setEnabledProtocols(new String[] {"TLSv1.2"});

        feed(tap, new Handshake(client, server).run(), Integer.MAX_VALUE);

        assertThat(lines(log).stream().map(line -> line.replaceFirst(" \\(.*", "")))
                .containsSubsequence(
                        "→ ClientHello",
                        "← ServerHello",
                        "← Certificate",
                        "← ServerKeyExchange",
                        "← ServerHelloDone",
                        "→ ClientKeyExchange",
                        "→ change_cipher_spec",
                        "→ Finished, encrypted",
                        "← change_cipher_spec",
                        "← Finished, encrypted");
        assertThat(lines(log).getFirst()).contains("versions TLSv1.2;");
        assertThat(lines(log).get(1)).endsWith("TLSv1.2, " + client.getSession().getCipherSuite());
    }

    @Test
    void namesAHelloRetryRequest() throws SSLException {
        SSLParameters parameters = server.getSSLParameters();
        parameters.setNamedGroups(new String[] {"secp384r1"});
        server.setSSLParameters(parameters);

        feed(tap, new Handshake(client, server).run(), Integer.MAX_VALUE);

        assertThat(lines(log).stream().map(line -> line.replaceFirst(" \\(.*", "")))
                .startsWith("→ ClientHello", "← HelloRetryRequest")
                .containsSubsequence("→ ClientHello", "← ServerHello");
        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void readsTheAlertOfARefusingServer() throws SSLException {
        client.setEnabledProtocols(new String[] {"TLSv1.3"});
        server.setEnabledProtocols(new String[] {"TLSv1.2"});

        feed(tap, new Handshake(client, server).run(), Integer.MAX_VALUE);

        assertThat(tap.alertReceived()).contains("protocol_version");
        assertThat(tap.alertSent()).isEmpty();
        assertThat(tap.serverHelloSeen()).isFalse();
        assertThat(lines(log)).last().isEqualTo("← alert fatal protocol_version");
    }

    @Test
    void readsTheAlertOfARefusingClient() throws SSLException {
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        SSLEngine trustingAnother =
                clientTrusting(Certificates.authority("Another").certificate());

        feed(tap, new Handshake(trustingAnother, server).run(), Integer.MAX_VALUE);

        assertThat(tap.alertSent()).contains("certificate_unknown");
        assertThat(tap.alertReceived()).isEmpty();
        assertThat(tap.serverHelloSeen()).isTrue();
    }

    @Test
    void showsTheSameInPiecesOfAnySize() throws SSLException {
        List<Handshake.Flight> flights = new Handshake(client, server).run();
        feed(tap, flights, Integer.MAX_VALUE);

        for (int piece : new int[] {1, 2, 3, 7, 100, 1000}) {
            WireLog other = new WireLog(Clock.systemUTC(), 1000);
            feed(new RecordTap(other, 7, () -> Phase.TLS), flights, piece);

            assertThat(lines(other)).isEqualTo(lines(log));
        }
    }

    @Test
    void isSilentAfterTheHandshake() throws SSLException {
        Handshake handshake = new Handshake(client, server);
        feed(tap, handshake.run(), Integer.MAX_VALUE);
        long before = log.nextSequence();

        tap.handshakeDone();
        feed(tap, List.of(handshake.data(), handshake.data()), Integer.MAX_VALUE);

        assertThat(log.nextSequence()).isEqualTo(before);
    }

    @Test
    void stillShowsPlaintextAlertsAfterTheHandshake() {
        tap.handshakeDone();

        received(21, 3, 3, 0, 2, 2, 80);

        assertThat(lines(log)).containsExactly("← alert fatal internal_error");
    }

    @Test
    void keepsTheAlertThatSaysWhy() {
        received(21, 3, 3, 0, 2, 1, 112);
        received(21, 3, 3, 0, 2, 2, 40, 21, 3, 3, 0, 2, 1, 0);

        assertThat(tap.alertReceived()).contains("handshake_failure");
        assertThat(lines(log))
                .containsExactly(
                        "← alert warning unrecognized_name",
                        "← alert fatal handshake_failure",
                        "← alert warning close_notify");
    }

    @Test
    void showsPlaintextInPlaceOfARecord() {
        byte[] greeting = "* OK ready \u00fc\r\n* more\r\n".getBytes(UTF_8);
        for (int i = 0; i < greeting.length; i++) {
            tap.received(greeting, i, 1);
        }

        assertThat(lines(log)).containsExactly("← not TLS: * OK ready ü");
        assertThat(tap.notTls()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(greeting));
        assertThat(tap.receivedAnything()).isTrue();
        assertThat(tap.serverHelloSeen()).isFalse();
    }

    @Test
    void showsPlaintextWithoutALineEndAtTheEndOfTheConnection() {
        received('H', 'i', 0, 27);
        assertThat(lines(log)).isEmpty();

        tap.flush();
        tap.flush();

        assertThat(lines(log)).containsExactly("← not TLS: Hi\\x00\\x1b");
    }

    @Test
    void keepsLittleOfAFloodThatIsNotTls() {
        byte[] flood = "x".repeat(100_000).getBytes(UTF_8);
        tap.received(flood, 0, flood.length);

        assertThat(lines(log)).containsExactly("← not TLS: " + "x".repeat(512));
        assertThat(tap.notTls()).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(512));
    }

    @Test
    void tellsNoRecordByEachByteOfItsHeader() {
        for (int[] header : new int[][] {{19}, {25}, {22, 2}, {22, 3, 5}, {22, 3, 3, 0x48, 1}}) {
            RecordTap other = new RecordTap(log, 1, () -> Phase.TLS);
            for (int i = 0; i < header.length; i++) {
                assertThat(other.notTls()).isEmpty();
                other.received(new byte[] {(byte) header[i]}, 0, 1);
            }
            assertThat(other.notTls()).isPresent();
        }
    }

    @Test
    void doesNotTakeLaterGarbageForAServerWithoutTls() {
        received(21, 3, 3, 0, 2, 1, 112, 'x', '\n');

        assertThat(tap.notTls()).isEmpty();
        assertThat(lines(log)).last().isEqualTo("← not TLS: x");
    }

    @Test
    void saysThatAHelloIsMalformed() {
        received(22, 3, 3, 0, 6, 2, 0, 0, 2, 3, 3);

        assertThat(lines(log)).containsExactly("← ServerHello (2 bytes), malformed");
        assertThat(tap.serverHelloSeen()).isTrue();
    }

    @Test
    void saysWhenNothingCame() {
        assertThat(tap.receivedAnything()).isFalse();
        assertThat(tap.notTls()).isEmpty();
    }

    @Test
    void namesEverySuiteThatJavaOffers() throws SSLException {
        client.setEnabledCipherSuites(client.getSupportedCipherSuites());

        feed(tap, new Handshake(client, server).run(), Integer.MAX_VALUE);

        List<String> suites = List.of(lines(log)
                .getFirst()
                .replaceFirst(".*cipher suites ", "")
                .replaceFirst(";.*", "")
                .split(", ", -1));
        assertThat(suites)
                .hasSizeGreaterThan(20)
                .isEqualTo(Stream.of(client.getSupportedCipherSuites())
                        .filter(suites::contains)
                        .toList());
    }

    private void received(int... bytes) {
        for (int each : bytes) {
            tap.received(new byte[] {(byte) each}, 0, 1);
        }
    }

    private static void feed(RecordTap tap, List<Handshake.Flight> flights, int piece) {
        for (Handshake.Flight flight : flights) {
            byte[] bytes = flight.toBytes();
            for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
                int length = Math.min(piece, bytes.length - at);
                if (flight.client()) {
                    tap.sent(bytes, at, length);
                } else {
                    tap.received(bytes, at, length);
                }
            }
        }
    }

    private static List<String> lines(WireLog log) {
        return log.from(0, 1000).stream().map(WireEvent::text).toList();
    }

    private static SSLEngine clientTrusting(X509Certificate authority) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            SSLEngine engine = context.createSSLEngine(HOST, 993);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(HOST)));
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
