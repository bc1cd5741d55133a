package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;

class DialerTest {
    /** Of so many, some are reset before connect() has returned. */
    private static final int CONNECTIONS = 200;

    @Test
    void takesAResetForALostConnectionAndNotForANetworkThatCannotBeReached() throws IOException {
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::reset)) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE);

            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(Checks.failure(checks.run(endpoint))).isInstanceOf(Failure.ConnectionLost.class);
            }
        }
    }
}
