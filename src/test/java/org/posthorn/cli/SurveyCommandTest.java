package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** {@code posthorn survey}. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SurveyCommandTest {
    private static CommandRun survey(MailboxImap imap, String... more) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            List<String> arguments = new ArrayList<>(
                    List.of("survey", "--imap", server.host() + ":" + server.port(), "--security", "none"));
            arguments.addAll(List.of(more));
            return CommandRun.of(Map.of(), "", arguments.toArray(String[]::new));
        }
    }

    private static MailboxImap mailbox() {
        return new MailboxImap().folder("INBOX", 3, 1).folder("Entw&APw-rfe", 0, 1);
    }

    @Test
    void jsonTellsEachFolder() throws Exception {
        CommandRun run = survey(mailbox(), "--json", "--connections", "3");

        JsonNode json = run.json();
        assertThat(run.exitCode()).isZero();
        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "endpoint",
                        "outcome",
                        "messages",
                        "bytes",
                        "folders",
                        "connections",
                        "millis",
                        "notices",
                        "session",
                        "findings");
        assertThat(json.get("outcome").stringValue()).isEqualTo("complete");
        assertThat(json.get("messages").longValue()).isEqualTo(3);
        assertThat(json.at("/connections/asked").intValue()).isEqualTo(3);
        assertThat(json.at("/folders/0/unread").longValue()).isEqualTo(2);
        assertThat(json.at("/folders/0/oldest").stringValue()).isEqualTo("2024-03-01T10:00:00Z");
        assertThat(json.at("/folders/1/name").stringValue()).isEqualTo("Entwürfe");
        assertThat(json.at("/folders/1/oldest").isNull()).isTrue();
    }

    @Test
    void theReportSaysTheSame() throws Exception {
        CommandRun run = survey(mailbox());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Entwürfe", "2024-03-01", "3 messages in 2 folders", "1 of 1 connections used");
    }

    @Test
    void aRefusalIsExplained() throws Exception {
        CommandRun run = survey(mailbox().limitedTo(0), "--connections", "3", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("outcome").stringValue()).isEqualTo("failed");
        assertThat(run.json().at("/findings/0/cause").stringValue()).isEqualTo("too-many-connections");
    }

    @Test
    void wantsImap() {
        CommandRun run = CommandRun.of("survey", "--pop3", "127.0.0.1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--imap");
    }
}
