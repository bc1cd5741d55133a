package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** {@code posthorn download}. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class DownloadCommandTest {
    @TempDir
    private Path folder;

    private static CommandRun download(MailboxImap imap, Path to, String... more) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "download",
                    "--to",
                    to.toString(),
                    "--imap",
                    server.host() + ":" + server.port(),
                    "--security",
                    "none"));
            arguments.addAll(List.of(more));
            return CommandRun.of(Map.of(), "", arguments.toArray(String[]::new));
        }
    }

    private static MailboxImap mailbox() {
        return new MailboxImap().folder("INBOX", 3, 1).folder("Entw&APw-rfe", 0, 1);
    }

    @Test
    void jsonTellsEachFolder() throws Exception {
        download(new MailboxImap().folder("INBOX", 1, 1), folder);

        CommandRun run = download(mailbox(), folder, "--json", "--connections", "3");

        JsonNode json = run.json();
        assertThat(run.exitCode()).isZero();
        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "endpoint",
                        "outcome",
                        "messages",
                        "bytes",
                        "alreadyThere",
                        "folders",
                        "problem",
                        "connections",
                        "millis",
                        "notices",
                        "session",
                        "findings");
        assertThat(json.get("outcome").stringValue()).isEqualTo("complete");
        assertThat(json.get("messages").longValue()).isEqualTo(2);
        assertThat(json.get("alreadyThere").longValue()).isEqualTo(1);
        assertThat(json.get("problem").isNull()).isTrue();
        assertThat(json.at("/folders/0/file").stringValue()).isEqualTo("INBOX.mbox");
        assertThat(json.at("/folders/0/alreadyThere").longValue()).isEqualTo(1);
        assertThat(json.at("/folders/1/name").stringValue()).isEqualTo("Entwürfe");
        assertThat(json.at("/folders/1/file").stringValue()).isEqualTo("Entw%C3%BCrfe.mbox");
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).hasSize(3);
    }

    @Test
    void theReportSaysTheSame() throws Exception {
        CommandRun run = download(mailbox(), folder, "--format", "maildir");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("INBOX  → INBOX", "3 messages downloaded", "0 were there already");
        assertThat(MailFiles.messages(folder.resolve("INBOX"))).hasSize(3);
    }

    @Test
    void aTargetThatIsNoFolderIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        for (Path to : List.of(file, file.resolve("below"))) {
            CommandRun run = download(mailbox(), to, "--json");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("posthorn: --to: " + to);
            assertThat(run.out()).isEmpty();
        }
        assertThat(file).hasContent("mine");
    }

    /** The device that is always full stands for a disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamedAndTheNextRunGoesOn() throws Exception {
        download(new MailboxImap().folder("INBOX", 0, 1).folder("Sent", 0, 1), folder);
        MailboxImap full = new MailboxImap().folder("INBOX", 3, 1).folder("Sent", 300, 1);
        Path mbox = folder.resolve("Sent.mbox");
        Files.delete(mbox);
        Files.createSymbolicLink(mbox, Path.of("/dev/full"));

        CommandRun run = download(full, folder, "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("outcome").stringValue()).isEqualTo("failed");
        assertThat(run.json().get("problem").stringValue()).contains("No space left on device", "goes on");
        assertThat(run.err()).contains("posthorn: --to: writing failed (No space left on device)");
        assertThat(run.json().get("messages").longValue()).isEqualTo(3);
        Files.delete(mbox);
        assertThat(download(full, folder).exitCode()).isZero();
        assertThat(MailFiles.messages(mbox)).hasSize(300);
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).hasSize(3);
    }

    @Test
    void mistakesAreNamed() {
        assertThat(CommandRun.of("download", "--imap", "127.0.0.1").err()).contains("--to DIR");
        assertThat(CommandRun.of("download", "--to", "x", "--smtp", "127.0.0.1").err())
                .contains("--imap or --pop3");
        assertThat(CommandRun.of("download", "--to", "x", "--pop3", "127.0.0.1", "--folder", "a")
                        .err())
                .contains("--folder goes with --imap");
        assertThat(CommandRun.of("download", "--to", "x", "--imap", "127.0.0.1", "--format", "zip")
                        .err())
                .contains("--format takes mbox, maildir");
        assertThat(CommandRun.of("download", "--to", "x", "--imap", "127.0.0.1", "--max-size", "big")
                        .err())
                .contains("--max-size takes");
    }
}
