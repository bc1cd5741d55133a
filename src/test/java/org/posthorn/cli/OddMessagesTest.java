package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;

/** Anybody may have written what {@code posthorn messages} lists. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class OddMessagesTest {
    private static CommandRun envelopes(String... envelopes) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
            peer.answer("TAG OK noop");
            peer.answer("* " + envelopes.length + " EXISTS", "* OK [UIDVALIDITY 3] valid", "TAG OK [READ-ONLY] open");
            String tag = peer.hear().split(" ", 2)[0];
            for (int i = 1; i <= envelopes.length; i++) {
                peer.say("* " + i + " FETCH (UID " + (i + 40)
                        + " INTERNALDATE \"30-Nov-2026 20:09:58 +0000\" RFC822.SIZE 68 FLAGS () ENVELOPE ("
                        + envelopes[i - 1] + "))");
            }
            peer.say(tag + " OK fetched");
            peer.answer("TAG OK closed");
            peer.answer("* BYE", "TAG OK");
        })) {
            return messages("--imap", server);
        }
    }

    private static CommandRun messages(String protocol, ScriptedServer server) {
        return CommandRun.of(
                Map.of("PW", "no-secret-at-all"),
                "",
                "messages",
                protocol,
                server.host() + ":" + server.port(),
                "--security",
                "none",
                "--user",
                "alice",
                "--password-env",
                "PW",
                "--json");
    }

    @Test
    void aSenderThatIsNoAddressDoesNotHideTheOtherMessages() throws IOException {
        CommandRun run = envelopes(
                "NIL \"one\" ((NIL NIL \"MISSING_MAILBOX\" \"SYNTAX_ERROR\")) NIL NIL NIL NIL NIL NIL NIL",
                "NIL \"two\" ((NIL NIL \"no one\" \"x..y\")) NIL NIL ((NIL NIL \"[\" \"@\")) NIL NIL NIL NIL",
                "NIL \"three\" ((NIL NIL \"\" \"\")) NIL NIL NIL NIL NIL NIL NIL");

        assertThat(run.json().get("latest").findValuesAsString("subject")).containsExactly("three", "two", "one");
        assertThat(run.json().at("/latest/2/from").stringValue()).isEqualTo("MISSING_MAILBOX@SYNTAX_ERROR");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aMessageThatTheServerTellsNothingOfIsCountedAndHidesNoOther() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
            peer.answer("TAG OK noop");
            peer.answer("* 2 EXISTS", "* OK [UIDVALIDITY 3] valid", "TAG OK [READ-ONLY] open");
            peer.answer(
                    "* 2 FETCH (UID 8 INTERNALDATE \"30-Nov-2026 20:09:58 +0000\" RFC822.SIZE 68 FLAGS () ENVELOPE (NIL"
                            + " \"two\" NIL NIL NIL NIL NIL NIL NIL NIL))",
                    "TAG OK fetched");
            String[] words = peer.hear().split(" ", 2);
            for (; !words[1].equals("CLOSE"); words = peer.hear().split(" ", 2)) {
                peer.say(words[0] + " OK nothing");
            }
            peer.say(words[0] + " OK closed");
            peer.answer("* BYE", "TAG OK");
        })) {
            CommandRun run = messages("--imap", server);

            assertThat(run.json().get("latest").findValuesAsString("subject")).containsExactly("two");
            assertThat(run.json().get("unreadable").intValue()).isOne();
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void aMessageTakesOneLineWhateverItsSenderWroteAndJsonHoldsAllOfIt() throws IOException {
        CommandRun json = envelopes("NIL \"" + "long ".repeat(100) + "\" NIL NIL NIL NIL NIL NIL NIL NIL");
        String line = MessagesReport.line("", "long ".repeat(100).strip());

        assertThat(json.json().at("/latest/0/subject").stringValue()).hasSize(500);
        assertThat(line).startsWith("(no sender): long long").hasSize(120).endsWith("…");
        assertThat(MessagesReport.line("a@x.test", "")).isEqualTo("a@x.test: (no subject)");
        assertThat(MessagesReport.line("", "😀".repeat(200))).endsWith("😀…");
    }

    @Test
    void unencodedUtf8OfAHeaderIsReadAsSuchByImap() throws IOException {
        CommandRun run = envelopes(
                "NIL {7}\r\nGrüße ((\"Jürgen\" NIL \"j\" \"x.test\")) NIL NIL NIL NIL NIL NIL \"<m@x.test>\"");

        assertThat(run.json().at("/latest/0/subject").stringValue()).isEqualTo("Grüße");
        assertThat(run.json().at("/latest/0/from").stringValue()).isEqualTo("\"Jürgen\" <j@x.test>");
    }

    @Test
    void aLineOfAHeaderMayBeLongerThanAnyThatAServerSays() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("+OK hello");
            for (String command = peer.hear(); !command.equals("QUIT"); command = peer.hear()) {
                switch (command) {
                    case "CAPA" -> peer.say("+OK", "USER", "UIDL", "TOP", ".");
                    case "LIST" -> peer.say("+OK", "1 300000", "2 50", ".");
                    case "UIDL" -> peer.say("+OK", "1 one", "2 two", ".");
                    case "TOP 1 0" -> peer.say("+OK", "Subject: Grüße", "X: " + "x".repeat(300_000), "", ".");
                    case "TOP 2 0" -> peer.say("-ERR no such message");
                    default -> peer.say("+OK");
                }
            }
            peer.say("+OK bye");
        })) {
            CommandRun run = messages("--pop3", server);

            assertThat(run.json().get("latest").findValuesAsString("subject")).containsExactly("", "Grüße");
        }
    }
}
