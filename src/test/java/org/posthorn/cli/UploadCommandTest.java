package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** {@code posthorn upload}. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class UploadCommandTest {
    @TempDir
    private Path folder;

    private Path mbox = Path.of("");

    @BeforeEach
    void fill() throws Exception {
        mbox = Files.writeString(folder.resolve("old.mbox"), "From a\nSubject: 1\n\n\nFrom b\nSubject: 2\n\n\n");
    }

    private CommandRun upload(MailboxImap imap, String... more) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            List<String> arguments = new ArrayList<>(
                    List.of("upload", "--imap", server.host() + ":" + server.port(), "--security", "none"));
            arguments.addAll(List.of(more));
            CommandRun run = CommandRun.of(Map.of("PASSWORD", "secret"), "", arguments.toArray(String[]::new));
            assertThat(run.exitCode() == 2)
                    .as("what was refused at once connects to nobody: " + run.err())
                    .isEqualTo(server.connections() == 0);
            return run;
        }
    }

    private static MailboxImap mailbox() {
        return new MailboxImap().folder("INBOX", 0, 1).folder("Entw&APw-rfe", 0, 1);
    }

    @Test
    void withoutConsentItTellsWhatItWouldDo() throws Exception {
        Path journal = folder.resolve("journal");

        CommandRun run = upload(
                mailbox(),
                mbox.toString(),
                "--folder",
                "Entwürfe",
                "--resume",
                journal.toString(),
                "--user",
                "alice",
                "--password-env",
                "PASSWORD");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("2 messages (28 bytes) would be appended to the folder “Entwürfe” of alice at 127.0.0.1")
                .contains("--yes");
        assertThat(journal).doesNotExist();
    }

    @Test
    void jsonTellsWhatBecameOfThem() throws Exception {
        MailboxImap imap = mailbox().refusing("Subject: 2", "TAG NO [OVERQUOTA] full");

        CommandRun run = upload(imap, mbox.toString(), "--folder", "Entwürfe", "--yes", "--json", "--connections", "2");

        JsonNode json = run.json();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "endpoint",
                        "outcome",
                        "folder",
                        "messages",
                        "appended",
                        "bytes",
                        "already",
                        "refused",
                        "uncertain",
                        "left",
                        "problem",
                        "connections",
                        "millis",
                        "notices",
                        "session",
                        "findings");
        assertThat(json.get("outcome").stringValue()).isEqualTo("partly");
        assertThat(json.get("folder").stringValue()).isEqualTo("Entwürfe");
        assertThat(json.get("messages").longValue()).isEqualTo(2);
        assertThat(json.get("appended").longValue()).isEqualTo(1);
        assertThat(json.get("bytes").longValue()).isEqualTo(14);
        assertThat(json.get("refused").longValue()).isEqualTo(1);
        assertThat(json.get("problem").isNull()).isTrue();
        assertThat(json.at("/notices/0/kind").stringValue()).isEqualTo("givenUp");
        assertThat(json.at("/notices/0/part").stringValue()).isEqualTo(mbox + ", message 2");
        assertThat(json.at("/notices/0/serverText").stringValue()).contains("[OVERQUOTA] full");
        assertThat(imap.messages("Entw&APw-rfe")).hasSize(1);
    }

    @Test
    void aSecondRunGoesOnWhereTheFirstEnded() throws Exception {
        MailboxImap imap = mailbox().refusing("Subject: 2", "TAG NO full");
        String[] command = {
            mbox.toString(),
            "--folder",
            "INBOX",
            "--yes",
            "--resume",
            folder.resolve("j").toString()
        };
        assertThat(upload(imap, command).out()).contains("1 message of 2 appended to “INBOX”", "1 given up");
        imap.refusing("", "");

        // Another server to the program, but the same to the journal, which knows no ports.
        CommandRun run = upload(imap, command);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 message of 1 appended", "1 had been appended before", "1 of 1 connections");
        assertThat(imap.messages("INBOX")).hasSize(2);
    }

    @Test
    void aFolderThatIsMissingIsNamedWithItsRemedy() throws Exception {
        CommandRun run = upload(mailbox(), mbox.toString(), "--folder", "Nowhere", "--yes", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--folder", "“Nowhere”", "--create");
        assertThat(run.json().get("problem").stringValue()).contains("--create");
        assertThat(upload(mailbox(), mbox.toString(), "--folder", "Nowhere", "--yes", "--create")
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--most 1, --most",
        "--most 0, --most",
        "--mbox mbx, --mbox",
        "--resume ., --resume",
        "missing.mbox, there is no missing.mbox"
    })
    void whatCannotBeDoneIsNamed(String options, String named) throws Exception {
        List<String> all = new ArrayList<>(List.of(mbox.toString(), "--folder", "INBOX", "--yes"));
        all.addAll(List.of(options.split(" ", -1)));

        CommandRun run = upload(mailbox(), all.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(named).doesNotContain("bug");
    }

    @Test
    void wantsImapAndAFolder() {
        assertThat(CommandRun.of("upload", "x", "--folder", "INBOX", "--pop3", "127.0.0.1")
                        .err())
                .contains("--imap");
        assertThat(CommandRun.of("upload", "x", "--imap", "127.0.0.1").err()).contains("--folder");
        assertThat(CommandRun.of("upload", "--folder", "INBOX", "--imap", "127.0.0.1")
                        .err())
                .contains("PATH");
    }
}
