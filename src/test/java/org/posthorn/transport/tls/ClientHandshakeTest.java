package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

class ClientHandshakeTest {
    /** TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, no extensions, no session. */
    private static final byte[] SERVER_HELLO =
            HexFormat.of().parseHex("160303002a020000260303" + "5a".repeat(32) + "00" + "c02f" + "00");

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isLostWhenTheServerGoesAwayAfterItsHello(boolean reset) throws IOException {
        Failure failure = failure(reset, SERVER_HELLO);

        assertThat(failure).isInstanceOf(Failure.ConnectionLost.class);
        assertThat(failure.stage()).isEqualTo(Phase.TLS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWhenTheServerGoesAwayAtTheClientHello(boolean reset) throws IOException {
        assertThat(failure(reset, new byte[0])).isInstanceOf(Failure.HandshakeFailed.class);
    }

    private Failure failure(boolean reset, byte[] answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            byte[] header = peer.hear(5).getBytes(StandardCharsets.ISO_8859_1);
            peer.hear(((header[3] & 0xFF) << 8) | (header[4] & 0xFF));
            peer.send(answer);
            if (reset) {
                peer.reset();
            } else {
                peer.end();
            }
        })) {
            return Checks.failure(checks.run(Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT)));
        }
    }
}
