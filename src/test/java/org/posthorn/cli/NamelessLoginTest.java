package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testkit.ScriptedServer;

/** Logins that need no user name. */
class NamelessLoginTest {
    private static ScriptedServer server() throws IOException {
        return ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=EXTERNAL AUTH=ANONYMOUS] ready");
            for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
                peer.say(line.split(" ", 2)[0] + " OK done");
            }
        });
    }

    private static CommandRun check(ScriptedServer server, String... login) {
        String[] line = {"check", "--imap", "127.0.0.1:" + server.port(), "--security", "none", "--allow-plaintext"};
        return CommandRun.of(Stream.concat(Stream.of(line), Stream.of(login)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTERNAL", "ANONYMOUS"})
    void sendAnEmptyIdentity(String mechanism) throws IOException {
        try (ScriptedServer server = server()) {
            CommandRun run = check(server, "--mechanism", mechanism);

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(server.heard().getFirst()).isEqualTo("a1 AUTHENTICATE " + mechanism + " =");
            assertThat(run.out()).doesNotContain(" as \n", " as  ");
        }
    }

    @Test
    void otherMechanismsAskForAName() throws IOException {
        try (ScriptedServer server = server()) {
            CommandRun run = check(server, "--mechanism", "EXTERNAL,PLAIN");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("a login needs a user name");
        }
    }
}
