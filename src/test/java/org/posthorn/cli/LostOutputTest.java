package org.posthorn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.testkit.ScriptedServer;

class LostOutputTest {

    /** A script that reads an empty answer beside a zero would take the check for done. */
    @Test
    void aResultThatCannotBeWrittenIsNoSuccess() throws IOException {
        PrintStream full = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                true,
                UTF_8);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.answer("TAG OK done");
            peer.answer("* BYE", "TAG OK done");
        })) {
            Terminal terminal =
                    new Terminal(InputStream.nullInputStream(), full, new PrintStream(err, true, UTF_8), Map.of());
            String address = server.host() + ":" + server.port();

            assertThat(terminal.run("check", "--imap", address, "--security", "none", "--json"))
                    .isEqualTo(2);
        }
        assertThat(err.toString(UTF_8)).contains("could not be written to standard output");
    }
}
