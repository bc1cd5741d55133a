package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** {@code posthorn folders}. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class FoldersCommandTest {
    private static CommandRun folders(ScriptedServer.Script script, String... more) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(script)) {
            List<String> arguments = new ArrayList<>(
                    List.of("folders", "--imap", server.host() + ":" + server.port(), "--security", "none"));
            arguments.addAll(List.of(more));
            CommandRun run = CommandRun.of(Map.of(), "", arguments.toArray(String[]::new));
            assertThat(server.heard()).noneMatch(line -> line.matches("\\w+ (SELECT|EXAMINE|STORE).*"));
            return run;
        }
    }

    private static void rich(ScriptedServer.Peer peer) throws IOException {
        peer.say("* PREAUTH [CAPABILITY IMAP4rev1 ID NAMESPACE QUOTA STATUS=SIZE] hello");
        for (String[] line = words(peer); ; line = words(peer)) {
            switch (line[1].split(" ", 2)[0]) {
                case "ID" -> peer.say("* ID (\"name\" \"Dovecot\" \"support-url\" NIL)");
                case "NAMESPACE" -> peer.say("* NAMESPACE ((\"\" \"/\")) NIL ((\"#shared\" NIL))");
                case "LIST" ->
                    peer.say(
                            "* LIST (\\HasNoChildren) \"/\" INBOX",
                            "* LIST (\\Noselect) \"/\" nothing",
                            "* LIST (\\Sent) \"/\" {13}\r\nGesendetes &-",
                            "* LIST () \"/\" Entw&APw-rfe");
                case "STATUS" -> {
                    if (line[1].contains("INBOX")) {
                        peer.say("* STATUS INBOX (MESSAGES 12 UNSEEN 3 SIZE 4096)");
                    } else if (line[1].contains("Entw")) {
                        peer.say(line[0] + " NO [NOPERM] not yours");
                        continue;
                    } else {
                        peer.say("* STATUS \"Gesendetes &-\" (MESSAGES 1 UNSEEN 0 SIZE 9)");
                    }
                }
                case "GETQUOTAROOT" ->
                    peer.say(
                            "* QUOTAROOT INBOX \"User quota\"",
                            "* QUOTA \"User quota\" (STORAGE 10 512 MESSAGE 1 1000)");
                case "LOGOUT" -> peer.say("* BYE");
                default -> {}
            }
            peer.say(line[0] + " OK");
            if (line[1].equals("LOGOUT")) {
                return;
            }
        }
    }

    private static String[] words(ScriptedServer.Peer peer) throws IOException {
        return peer.hear().split(" ", 2);
    }

    @Test
    void tellsWhatTheServerSaysOfTheMailbox() throws Exception {
        JsonNode json = folders(FoldersCommandTest::rich, "--json").json();

        assertThat(json.get("outcome").stringValue()).isEqualTo("ready");
        assertThat(json.at("/server/name").stringValue()).isEqualTo("Dovecot");
        assertThat(json.at("/namespaces/0/delimiter").stringValue()).isEqualTo("/");
        assertThat(json.at("/namespaces/1/kind").stringValue()).isEqualTo("shared");
        assertThat(json.at("/namespaces/1/delimiter").isNull()).isTrue();
        assertThat(json.at("/folders/0/messages").longValue()).isEqualTo(12);
        assertThat(json.at("/folders/0/bytes").longValue()).isEqualTo(4096);
        assertThat(json.at("/folders/1/messages").isNull()).isTrue();
        assertThat(json.at("/folders/2/name").stringValue()).isEqualTo("Gesendetes &");
        assertThat(json.at("/folders/2/attributes/0").stringValue()).isEqualTo("\\Sent");
        assertThat(json.at("/folders/2/unseen").longValue()).isZero();
        assertThat(json.at("/folders/3/name").stringValue()).isEqualTo("Entwürfe");
        assertThat(json.at("/folders/3/refusal").stringValue()).endsWith("NO [NOPERM] not yours");
        assertThat(json.at("/quotas/0/resource").stringValue()).isEqualTo("STORAGE");
        assertThat(json.at("/quotas/0/limit").longValue()).isEqualTo(512);
        assertThat(json.at("/quotas/1/used").longValue()).isEqualTo(1);
    }

    @Test
    void printsThemForPeople() throws Exception {
        CommandRun run = folders(FoldersCommandTest::rich);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Server: name Dovecot", "Namespace: shared \"#shared\"", "Quota: STORAGE 10 of 512 KiB")
                .contains("Gesendetes &  \\Sent");
    }

    @Test
    void asksAServerThatKnowsLittleForLittle() throws Exception {
        CommandRun run = folders(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
            peer.answer("TAG OK noop");
            peer.answer("* LIST () \"/\" INBOX", "TAG OK");
            peer.answer("* STATUS INBOX (MESSAGES 2 UNSEEN 1)", "TAG OK");
            peer.answer("* BYE", "TAG OK");
        });

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("         2        1            –  INBOX");
    }

    @Test
    void aServerThatRefusesTheListIsAFailure() throws Exception {
        CommandRun run = folders(
                peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
                    peer.answer("TAG OK noop");
                    peer.answer("TAG NO not now");
                    peer.answer("* BYE", "TAG OK");
                },
                "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().at("/session/failure/serverText").stringValue()).endsWith("NO not now");
        assertThat(run.json().get("server").isNull()).isTrue();
    }
}
