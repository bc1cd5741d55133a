package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;

/** An interruption that comes before a connection is open ends the work as one that comes later does. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class EarlyInterruptionTest {
    @ParameterizedTest
    @ValueSource(strings = {"folders", "messages", "survey", "watch"})
    void endsTheCommandBeforeItConnects(String command) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> peer.ignore())) {
            CommandRun run = CommandRun.interrupted(
                    command, "--imap", server.host() + ":" + server.port(), "--security", "none");

            assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
            assertThat(server.connections()).isZero();
        }
    }
}
