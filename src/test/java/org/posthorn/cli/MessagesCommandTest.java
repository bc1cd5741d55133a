package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.demo.DemoServer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** {@code posthorn messages}. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class MessagesCommandTest {
    private static final String ME = "demo@posthorn.example";
    private static final Map<String, String> PASSWORD = Map.of("PW", "no-secret-at-all");

    @TempDir
    private Path folder;

    private static CommandRun at(DemoServer demo, Protocol protocol, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--" + protocol.word(),
                "127.0.0.1:" + demo.endpoint(protocol, TlsMode.NONE).effectivePort(),
                "--security",
                "none",
                "--user",
                ME,
                "--password-env",
                "PW"));
        arguments.addAll(List.of(more));
        return CommandRun.of(PASSWORD, "", arguments.toArray(String[]::new));
    }

    private static void send(DemoServer demo, String subject) {
        CommandRun sent = at(demo, Protocol.SMTP, "send", "--from", ME, "--to", ME, "--subject", subject);
        assertThat(sent.exitCode()).as(sent.out()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAP", "POP3"})
    void listsTheLatestMessagesTheNewestFirst(Protocol protocol) {
        try (DemoServer demo = DemoServer.start()) {
            send(demo, "first");
            send(demo, "Grüße aus dem Süden");
            send(demo, "third");

            CommandRun run = at(demo, protocol, "messages", "--newest", "2", "--json");
            JsonNode json = run.json();

            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(json.get("outcome").stringValue()).isEqualTo("ready");
            assertThat(json.get("folder").stringValue()).isEqualTo("INBOX");
            assertThat(json.get("messages").longValue()).isEqualTo(3);
            assertThat(json.get("saved").isNull()).isTrue();
            assertThat(json.get("problem").isNull()).isTrue();
            assertThat(json.get("latest").size()).isEqualTo(2);
            assertThat(json.at("/latest/0/subject").stringValue()).isEqualTo("third");
            JsonNode second = json.at("/latest/1");
            assertThat(second.get("subject").stringValue()).isEqualTo("Grüße aus dem Süden");
            assertThat(second.get("from").stringValue()).contains(ME);
            assertThat(second.get("messageId").stringValue()).startsWith("<");
            assertThat(second.get("date").stringValue()).startsWith("20");
            assertThat(second.get("bytes").longValue()).isPositive();
            assertThat(second.get("id").stringValue()).isNotEmpty();
            assertThat(at(demo, protocol, "messages").out())
                    .contains("Grüße aus dem Süden", "3 messages in INBOX; 3 listed, the newest first.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAP", "POP3"})
    void savesOneMessageAndLeavesItUnread(Protocol protocol) throws Exception {
        Path file = folder.resolve("message.eml");
        try (DemoServer demo = DemoServer.start()) {
            send(demo, "to be kept");
            String id = at(demo, protocol, "messages", "--json")
                    .json()
                    .at("/latest/0/id")
                    .stringValue();

            CommandRun run = at(demo, protocol, "messages", "--save", id, "--to", file.toString(), "--json");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.json().at("/saved/file").stringValue()).isEqualTo(file.toString());
            assertThat(run.json().at("/saved/bytes").longValue()).isEqualTo(Files.size(file));
            assertThat(Files.readString(file)).contains("Subject: to be kept\r\n");
            if (protocol == Protocol.IMAP) {
                assertThat(at(demo, protocol, "messages", "--json").out()).doesNotContain("Seen");
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAP", "POP3"})
    void aMessageThatIsNotThereIsTold(Protocol protocol) throws Exception {
        try (DemoServer demo = DemoServer.start()) {
            CommandRun run = at(
                    demo,
                    protocol,
                    "messages",
                    "--save",
                    "4711",
                    "--to",
                    folder.resolve("x.eml").toString(),
                    "--json");

            assertThat(run.exitCode()).isOne();
            assertThat(run.json().get("problem").stringValue()).contains("the folder has no message 4711");
            assertThat(run.err()).contains("--save: the folder has no message 4711");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anEmptyFolderHasNoMessages() {
        try (DemoServer demo = DemoServer.start()) {
            JsonNode json = at(demo, Protocol.IMAP, "messages", "--json").json();

            assertThat(json.get("messages").longValue()).isZero();
            assertThat(json.get("latest").isEmpty()).isTrue();
        }
    }

    @Test
    void aFileThatExistsIsNotTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("there.eml"), "old");

        CommandRun run = CommandRun.of(
                PASSWORD, "", "messages", "--imap", "127.0.0.1:1", "--save", "1", "--to", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--to: ", "is there already");
        assertThat(file).hasContent("old");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() throws Exception {
        CommandRun run = scripted(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
            peer.answer("TAG OK noop");
            peer.answer("TAG NO no such mailbox");
            peer.answer("TAG OK list");
            peer.answer("* BYE", "TAG OK");
        });

        assertThat(run.exitCode()).isOne();
        assertThat(run.json().at("/findings/0/cause").stringValue()).isEqualTo("folder-unavailable");
        assertThat(run.json().get("outcome").stringValue()).isEqualTo("failed");
    }

    private static CommandRun scripted(ScriptedServer.Script script) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(script)) {
            return CommandRun.of(
                    PASSWORD,
                    "",
                    "messages",
                    "--imap",
                    server.host() + ":" + server.port(),
                    "--security",
                    "none",
                    "--json");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--imap x --save 1                  | --save ID and --to FILE go together.",
                "--imap x --newest 0                | --newest takes a number from 1 to 10000.",
                "--pop3 x --folder Sent             | --folder goes with IMAP: POP3 knows one mailbox.",
                "--imap x --folder=                 | --folder takes the name of a folder, without control characters.",
                "--smtp x                           | messages are read by IMAP or POP3",
                "--imap x --save 1 --to /no/such/f  | /no/such is not a folder. Make it, or name a file in another."
            })
    void wrongUsageIsToldBeforeConnecting(String options, String sentence) {
        CommandRun run = CommandRun.of(("messages " + options.strip()).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(sentence);
    }
}
