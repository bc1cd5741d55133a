package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;

/** Which of the two sides is the older is said only where the server has shown it. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class OlderTlsTest {
    private static final byte[] PROTOCOL_VERSION = {21, 3, 1, 0, 2, 2, 70};
    private static final byte[] HANDSHAKE_FAILURE = {21, 3, 1, 0, 2, 2, 40};

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    static Stream<Arguments> answers() {
        Set<TlsVersion> today = EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
        return Stream.of(
                Arguments.of(today, serverHello(1), "speaks at most TLS 1.0", "switch on 1.0 in Obsolete TLS"),
                Arguments.of(
                        EnumSet.of(TlsVersion.TLS_1_2),
                        serverHello(1),
                        "speaks at most TLS 1.0",
                        "switch on 1.0 in Obsolete TLS"),
                Arguments.of(
                        EnumSet.of(TlsVersion.TLS_1_1),
                        serverHello(1),
                        "speaks at most TLS 1.0",
                        "switch on 1.0 in Obsolete TLS"),
                Arguments.of(
                        EnumSet.of(TlsVersion.TLS_1_3),
                        serverHello(3),
                        "speaks at most TLS 1.2",
                        "Switch on 1.2 in TLS versions"),
                Arguments.of(
                        EnumSet.of(TlsVersion.TLS_1_1), PROTOCOL_VERSION, "wants newer TLS", "Switch on 1.3 and 1.2"),
                Arguments.of(
                        EnumSet.of(TlsVersion.TLS_1_1),
                        HANDSHAKE_FAILURE,
                        "without saying why",
                        "shows whether the server speaks only older TLS"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void tellsWhichSideIsTheOlder(Set<TlsVersion> offered, byte[] answer, String user, String remedy) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            byte[] head = peer.bytes(5);
            peer.bytes((head[3] & 0xff) << 8 | (head[4] & 0xff));
            peer.send(answer);
            peer.ignore();
        })) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
            CheckResult result = checks.run(endpoint.withTls(endpoint.tls().withVersions(EnumSet.copyOf(offered))));

            List<Finding> findings = Diagnosis.of(
                    endpoint.withTls(endpoint.tls().withVersions(EnumSet.copyOf(offered))), result.timeline());
            assertThat(findings.getFirst().user()).contains(user);
            assertThat(findings.getFirst().remedy()).contains(remedy);
        }
    }

    /** One of a version that knows no extensions, with TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA. */
    private static byte[] serverHello(int minor) {
        int body = 2 + 32 + 1 + 2 + 1;
        byte[] record = new byte[5 + 4 + body];
        byte[] head = {22, 3, (byte) minor, 0, (byte) (4 + body), 2, 0, 0, (byte) body, 3, (byte) minor};
        System.arraycopy(head, 0, record, 0, head.length);
        record[record.length - 3] = (byte) 0xc0;
        record[record.length - 2] = 0x13;
        return record;
    }
}
