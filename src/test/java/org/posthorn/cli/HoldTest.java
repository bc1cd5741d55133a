package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.OpenImap;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** Connections that a check keeps open for a while. */
@Timeout(60)
class HoldTest {
    private final OpenImap imap = new OpenImap();

    private static String[] check(ScriptedServer server, String... options) {
        List<String> line = new ArrayList<>(List.of(
                "check", "--imap", "127.0.0.1:" + server.port(), "--security", "none", "--allow-plaintext", "--json"));
        line.addAll(List.of(options));
        return line.toArray(String[]::new);
    }

    @Test
    @DisplayName("connections_quantity: --connections says how many are opened")
    void opensAsManyAsHeavyWorkTakesAndLeavesThemInOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            CommandRun run = CommandRun.of(check(server, "--hold", "1ms", "--connections", "3"));

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            JsonNode connections = run.json().path("connections");
            assertThat(connections.findValuesAsString("kind")).containsExactly("main", "independent", "independent");
            assertThat(connections.findValuesAsString("state")).containsOnly("ready");
            assertThat(connections.get(0).path("roundTripMillis").asDouble()).isPositive();
            assertThat(imap.farewells()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"main-or-default, main", "main, main", "default, default"})
    @DisplayName("connection_asgmt_mode: --assignment chooses the current connection")
    void theFirstIsTheCurrentOneOfTheMode(String mode, String kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            CommandRun run = CommandRun.of(check(server, "--hold", "1ms", "--assignment", mode));

            assertThat(run.json().path("connections").findValuesAsString("kind"))
                    .containsExactly(kind);
        }
    }

    @Test
    @DisplayName("connection_checkup_period: --checkup checks the connections that are held")
    void checksThemAtTheCheckupPeriodUntilItIsInterrupted() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            CommandRun.Running running = CommandRun.start(Map.of(), check(server, "--hold", "10m", "--checkup", "1ms"));
            imap.awaitNoops(5);

            running.terminal().interrupt();

            CommandRun run = running.end();
            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(run.json().path("connections").get(0).path("state").asString())
                    .isIn("ready", "busy");
        }
    }

    @Test
    void oneThatIsRefusedIsToldAndEndsTheOpening() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            if (begun.incrementAndGet() > 3) {
                peer.say("* BYE [LIMIT] too many connections");
            } else {
                imap.run(peer);
            }
        })) {
            CommandRun run = CommandRun.of(check(server, "--hold", "1ms", "--connections", "9"));

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            JsonNode connections = run.json().path("connections");
            assertThat(connections.findValuesAsString("state")).containsExactly("ready", "ready", "refused");
            assertThat(connections.get(2).path("serverText").asString()).contains("too many connections");
        }
    }

    @Test
    void oneThatIsLostIsAFailureAndToldWithItsReason() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            if (begun.incrementAndGet() == 1) {
                imap.run(peer);
                return;
            }
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
            peer.answer("TAG OK");
            peer.answer("TAG OK");
            peer.answer("TAG OK");
        })) {
            CommandRun run = CommandRun.of(check(server, "--hold", "10s", "--checkup", "1ms"));

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.json().path("connections").findValuesAsString("state"))
                    .containsExactly("broken");
            assertThat(run.json().at("/connections/0/failure").asString()).isEqualTo("ConnectionLost");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--connections, 65, from 1 to 64",
        "--connections, 0, from 1 to 64",
        "--checkup, soon, --checkup takes a time",
        "--checkup, 48h, at most 24 hours",
        "--assignment, mine, --assignment",
        "--pipelining, maybe, --pipelining",
        "--multi-connection, 3, --multi-connection",
        "--hold, long, --hold takes a time"
    })
    void whatCannotBeMeantIsWrongUsage(String option, String value, String sentence) {
        CommandRun run = CommandRun.of("check", "--imap", "mail.example.org", "--no-login", option, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(sentence).hasLineCount(1);
    }
}
