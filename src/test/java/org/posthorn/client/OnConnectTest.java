package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** The hook has the first word on every connection. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class OnConnectTest {
    private final Checks checks = new Checks();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    private EmailClient client(ScriptedServer server, OnConnect hook) {
        return new EmailClient(
                Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE),
                checks.connector(),
                CheckOptions.complete(),
                timer,
                _ -> {},
                hook);
    }

    private static ScriptedServer server() throws Exception {
        return ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] in");
            while (true) {
                peer.answer("TAG OK");
            }
        });
    }

    @Test
    void speaksOnEachConnectionBeforeItIsUsed() throws Exception {
        List<ClientConnection.Kind> kinds = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedServer server = server();
                EmailClient client = client(server, (kind, connection) -> {
                    kinds.add(kind);
                    connection.noop();
                })) {
            client.connect();
            client.noop();
            client.noop(client.createConnection());
            client.currentConnection().abandon("the test wants another");
            client.connect();

            assertThat(kinds)
                    .containsExactly(
                            ClientConnection.Kind.MAIN, ClientConnection.Kind.INDEPENDENT, ClientConnection.Kind.MAIN);
            assertThat(server.heard().subList(0, 2)).containsExactly("a1 NOOP", "a2 NOOP");
        }
    }

    @Test
    void aConnectionThatItRefusesIsClosed() throws Exception {
        Failure refusal = new Failure.CommandRejected(Phase.READY, "XHELLO", "a2 NO");
        try (ScriptedServer server = server();
                EmailClient client = client(server, (_, _) -> {
                    throw new FailureException(refusal);
                })) {
            FailureException thrown = catchThrowableOfType(FailureException.class, client::connect);

            assertThat(thrown.failure()).isEqualTo(refusal);
            assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(server.heard()).contains("a2 LOGOUT");
        }
    }
}
