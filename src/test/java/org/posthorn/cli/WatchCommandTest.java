package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.testkit.IdlingImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code posthorn watch}. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class WatchCommandTest {
    /** Delivers a message while it watches, and interrupts it once that was told. */
    private static CommandRun watch(IdlingImap imap, String... more) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            CommandRun.Running running = CommandRun.start(Map.of(), arguments(server, more));
            imap.awaitIdles(1);
            imap.deliver("Hello \u001b[31m there");
            imap.awaitIdles(2);
            running.terminal().interrupt();
            return running.end();
        }
    }

    private static String[] arguments(ScriptedServer server, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("watch", "--imap", server.host() + ":" + server.port(), "--security", "none"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void printsALineForEachMessage() throws Exception {
        CommandRun run = watch(new IdlingImap("IDLE"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
        assertThat(run.out())
                .contains("watching INBOX, 0 messages", "new: Bob <bob@x.test>: Hello", "1 new messages")
                .doesNotContain("\u001b");
    }

    @Test
    void jsonIsAnObjectALine() throws Exception {
        CommandRun run = watch(new IdlingImap("IDLE"), "--json");

        List<JsonNode> lines =
                run.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.get("event").stringValue())
                .containsExactly("began", "arrived", "ended");
        assertThat(lines.get(1).get("messageId").stringValue()).isEqualTo("<1@x.test>");
        assertThat(lines.getLast().get("outcome").stringValue()).isEqualTo("ended");
        assertThat(lines.getLast().get("arrived").longValue()).isEqualTo(1);
    }

    @Test
    void endsInTime() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(new IdlingImap("IDLE"))) {
            CommandRun run = CommandRun.of(arguments(server, "--for", "1ms"));

            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    @Test
    void namesAFolderThatTheServerDoesNotOpen() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] in");
            peer.answer("TAG OK noop");
            peer.answer("TAG NO no such folder");
            peer.answer("* BYE", "TAG OK");
        })) {
            CommandRun run = CommandRun.of(arguments(server, "--folder", "Über"));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("--folder: the server does not open “Über” (p1 NO no such folder)");
            assertThat(server.heard()).contains("p1 EXAMINE \"&ANw-ber\"");
        }
    }

    @Test
    void namesWhatIsWrongWithItsOptions() {
        assertThat(CommandRun.of("watch", "--imap", "x", "--for", "soon").err()).contains("--for takes a time");
        assertThat(CommandRun.of("watch", "--pop3", "x").err()).contains("watched by IMAP");
        assertThat(CommandRun.of("watch", "--imap", "x", "--folder", "a\r\nb").err())
                .contains("--folder takes the name of a folder");
    }
}
