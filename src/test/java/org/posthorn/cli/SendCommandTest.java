package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.demo.DemoServer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.StrictSmtp;
import tools.jackson.databind.JsonNode;

/** {@code posthorn send}. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SendCommandTest {
    private static CommandRun send(StrictSmtp smtp, String in, String... more) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(smtp)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "send",
                    "--smtp",
                    server.host() + ":" + server.port(),
                    "--security",
                    "none",
                    "--from",
                    "me@x.test"));
            arguments.addAll(List.of(more));
            return CommandRun.of(Map.of(), in, arguments.toArray(String[]::new));
        }
    }

    @Test
    void jsonTellsEachRecipientsAnswer() throws Exception {
        StrictSmtp smtp =
                new StrictSmtp("PIPELINING", "SIZE 100000").answering("RCPT TO:<b@", "550 5.1.1 nobody of that name");

        CommandRun run = send(smtp, "", "--to", "a@x.test", "--cc", "b@x.test", "--subject", "Hi", "--yes", "--json");

        JsonNode json = run.json();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "endpoint",
                        "outcome",
                        "message",
                        "sender",
                        "recipients",
                        "data",
                        "accepted",
                        "millis",
                        "session",
                        "roundTrip",
                        "findings");
        assertThat(json.get("schema").intValue()).isEqualTo(1);
        assertThat(json.get("outcome").stringValue()).isEqualTo("partly");
        assertThat(json.at("/recipients/0/outcome").stringValue()).isEqualTo("accepted");
        assertThat(json.at("/recipients/1/address").stringValue()).isEqualTo("b@x.test");
        assertThat(json.at("/recipients/1/outcome").stringValue()).isEqualTo("refused");
        assertThat(json.at("/recipients/1/code").intValue()).isEqualTo(550);
        assertThat(json.at("/recipients/1/enhancedCode").stringValue()).isEqualTo("5.1.1");
        assertThat(json.at("/recipients/1/serverText").stringValue()).isEqualTo("550 5.1.1 nobody of that name");
        assertThat(json.at("/accepted/code").intValue()).isEqualTo(250);
        assertThat(json.at("/message/size").longValue()).isPositive();
        assertThat(json.at("/session/pipelining/inForce").booleanValue()).isTrue();
        assertThat(json.get("roundTrip").isNull()).isTrue();
        assertThat(json.at("/findings/0/cause").stringValue()).isEqualTo("recipient-unknown");
        assertThat(smtp.messages()).singleElement().asString().contains("Subject: Hi", "Cc: b@x.test");
    }

    @Test
    void theReportSaysTheSame() throws Exception {
        StrictSmtp smtp = new StrictSmtp("SIZE 100000").answering("RCPT TO:<b@", "450 4.7.1 Greylisted");

        CommandRun run = send(smtp, "", "--to", "a@x.test", "--to", "b@x.test", "--yes");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("a@x.test  250 2.0.0 ok", "b@x.test  450 4.7.1 Greylisted", "not to every recipient")
                .contains("greylisting");
    }

    @ParameterizedTest
    @CsvSource({"y, 0, 1", "n, 2, 0", "'', 2, 0"})
    void asksBeforeItSendsToSeveral(String answer, int exitCode, int messages) throws Exception {
        StrictSmtp smtp = new StrictSmtp();

        CommandRun run = send(smtp, answer + "\n", "--to", "a@x.test", "--bcc", "b@x.test");

        assertThat(run.err()).contains("2 recipients");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(smtp.messages()).hasSize(messages);
    }

    @Test
    void asksNothingWhereNobodyAnswers() throws Exception {
        StrictSmtp smtp = new StrictSmtp();

        CommandRun run = send(smtp, "", "--to", "a@x.test", "--to", "b@x.test", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--yes");
        assertThat(smtp.groups()).isEmpty();
    }

    @Test
    void tellsAMessageThatIsTooLargeBeforeItIsSent() throws Exception {
        StrictSmtp smtp = new StrictSmtp("SIZE 1000");

        CommandRun run = send(smtp, "", "--to", "a@x.test", "--attach-size", "2k", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("outcome").stringValue()).isEqualTo("refused");
        assertThat(run.json().at("/findings/0/cause").stringValue()).isEqualTo("message-too-large");
        assertThat(smtp.groups()).isEmpty();
    }

    @Test
    void asksForNotifications() throws Exception {
        StrictSmtp smtp = new StrictSmtp("DSN");

        send(
                smtp,
                "",
                "--to",
                "a@x.test",
                "--notify",
                "success,delay",
                "--notify-return",
                "headers",
                "--envelope-id",
                "e1",
                "--original-recipient");

        assertThat(smtp.groups().getFirst()).containsExactly("MAIL FROM:<me@x.test> RET=HDRS ENVID=e1");
        assertThat(smtp.groups().get(1))
                .containsExactly("RCPT TO:<a@x.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a@x.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--to nobody> --from",
                "--to a@x.test --attach /missing/file --attach",
                "--to a@x.test --attach-size many --attach-size",
                "--to a@x.test --notify never,delay --notify",
                "--to a@x.test --notify-return half --notify-return",
                "--to a@x.test --body-file /missing/file --body-file",
                "--to a@x.test --wait 3s --wait",
                "--to a@x.test --find-imap h --round-trip",
                "--to a@x.test --round-trip --round-trip",
                "--to a@x.test --find-imap h --find-user u --find-user",
                "--to a@x.test --body x --body-file y --body-file",
                "--to a@x.test --attach x --attach-size 1 --attach-size",
                "--to a@x.test --find-imap h --find-pop3 h --find-pop3",
            })
    void namesTheOptionThatIsWrong(String typed) throws Exception {
        List<String> words = new ArrayList<>(List.of(typed.split(" ", -1)));
        String named = words.removeLast().replace("--from", "--to");
        StrictSmtp smtp = new StrictSmtp();

        CommandRun run = send(smtp, "", words.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(named);
        assertThat(smtp.groups()).isEmpty();
    }

    @Test
    void isRefusedForOtherProtocols() {
        CommandRun run = CommandRun.of("send", "--imap", "x", "--from", "a@x.test", "--to", "a@x.test");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--smtp");
    }

    @ParameterizedTest
    @CsvSource({"IMAP, --find-imap", "POP3, --find-pop3"})
    void findsTheMessageAgain(Protocol protocol, String option) {
        try (DemoServer demo = DemoServer.start()) {
            String me = "demo@posthorn.example";
            CommandRun run = CommandRun.of(
                    Map.of("PW", "no-secret-at-all"),
                    "",
                    "send",
                    "--smtp",
                    "127.0.0.1:" + demo.endpoint(Protocol.SMTP, TlsMode.NONE).effectivePort(),
                    "--security",
                    "none",
                    "--user",
                    me,
                    "--password-env",
                    "PW",
                    "--from",
                    me,
                    "--to",
                    me,
                    option,
                    "127.0.0.1:" + demo.endpoint(protocol, TlsMode.NONE).effectivePort(),
                    "--find-security",
                    "none",
                    "--json");

            JsonNode trip = run.json().get("roundTrip");
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(trip.get("outcome").stringValue()).isEqualTo("found");
            assertThat(trip.get("millis").doubleValue()).isPositive();
            assertThat(trip.at("/hops/0/from").isString()).isTrue();
            assertThat(trip.get("deletion").stringValue()).isIn("deleted", "marked");
        }
    }

    @Test
    void anInterruptedSearchStillPrintsWhatWasSent() throws Exception {
        try (ScriptedServer smtp = ScriptedServer.of(new StrictSmtp());
                ScriptedServer silent = ScriptedServer.of(peer -> {
                    peer.note("here");
                    peer.hold();
                })) {
            CommandRun.Running running = CommandRun.start(
                    Map.of("PW", "x"),
                    "send",
                    "--smtp",
                    smtp.host() + ":" + smtp.port(),
                    "--security",
                    "none",
                    "--from",
                    "a@x.test",
                    "--to",
                    "a@x.test",
                    "--find-imap",
                    silent.host() + ":" + silent.port(),
                    "--find-security",
                    "none",
                    "--find-user",
                    "u",
                    "--find-password-env",
                    "PW",
                    "--json");
            while (silent.heard().isEmpty()) {
                Thread.onSpinWait();
            }
            running.terminal().interrupt();
            CommandRun run = running.end();

            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(run.json().get("outcome").stringValue()).isEqualTo("sent");
            assertThat(run.json().at("/roundTrip/outcome").stringValue()).isEqualTo("cancelled");
        }
    }

    @Test
    void manyMessagesAreToldOneByOne() throws Exception {
        StrictSmtp smtp = new StrictSmtp();

        CommandRun run = send(smtp, "", "--to", "a@x.test", "--count", "3", "--connections", "2", "--yes", "--json");

        JsonNode json = run.json();
        assertThat(run.exitCode()).isZero();
        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "endpoint",
                        "outcome",
                        "accepted",
                        "partly",
                        "refused",
                        "unknown",
                        "notSent",
                        "messages",
                        "connections",
                        "millis",
                        "notices",
                        "session",
                        "findings");
        assertThat(json.get("accepted").longValue()).isEqualTo(3);
        assertThat(json.at("/messages/2/number").intValue()).isEqualTo(3);
        assertThat(json.at("/messages/2/outcome").stringValue()).isEqualTo("accepted");
        assertThat(json.at("/messages/2/messageId").stringValue()).endsWith("@x.test>");
        assertThat(smtp.messages()).hasSize(3).anyMatch(message -> message.contains("X-Posthorn-Number: 3 of 3"));
    }

    @ParameterizedTest
    @CsvSource({
        "--count 3, 3 messages go to 1 recipient; give --yes",
        "--count 101 --yes, --most",
        "--count 0 --yes, --count",
        "--count 2 --yes --find-imap 127.0.0.1, --count sends many messages"
    })
    void manyMessagesNeedConsentAndAMeasure(String options, String sentence) throws Exception {
        List<String> all = new ArrayList<>(List.of("--to", "a@x.test", "--json"));
        all.addAll(List.of(options.split(" ", -1)));
        StrictSmtp smtp = new StrictSmtp();

        CommandRun run = send(smtp, "", all.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(sentence);
        assertThat(run.out()).isEmpty();
        assertThat(smtp.messages()).isEmpty();
    }
}
