package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.demo.DemoServer;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;

/** What the commands that change a mailbox do with one that is read-only. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ReadOnlyMailboxTest {
    private static final String ME = "demo@posthorn.example";

    @TempDir
    private Path folder;

    private void save(Endpoint... endpoints) {
        Path file = folder.resolve("posthorn/accounts.json");
        new AccountFile(file, Clock.systemUTC())
                .put(SavedAccount.create(Optional.empty(), new Account("saved", List.of(endpoints))));
    }

    private static Endpoint readOnly(Endpoint mailbox) {
        return mailbox.withConnections(mailbox.connections().withReadOnly(true));
    }

    private CommandRun run(String... arguments) {
        Map<String, String> environment =
                Map.of("PW", "no-secret-at-all", "XDG_CONFIG_HOME", folder.toString(), "APPDATA", folder.toString());
        return CommandRun.of(environment, "", arguments);
    }

    private CommandRun upload(String... more) throws IOException {
        Path mbox = Files.writeString(folder.resolve("old.mbox"), "From a\nSubject: 1\n\n\n");
        List<String> arguments = new ArrayList<>(List.of("upload", mbox.toString(), "--folder", "INBOX", "--yes"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    @DisplayName(
            "read_only: nothing is uploaded, and the option that is in the way is named before anything is connected")
    void uploadStopsBeforeItConnects() throws IOException {
        Path journal = folder.resolve("journal");
        try (ScriptedServer server = ScriptedServer.of(new MailboxImap().folder("INBOX", 0, 1))) {
            String address = server.host() + ":" + server.port();
            CommandRun run = upload(
                    "--imap", address, "--security", "none", "--read-only", "on", "--resume", journal.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("posthorn: --read-only: ")
                    .contains("give --read-only off")
                    .hasLineCount(1);
            assertThat(server.connections()).isZero();
            assertThat(journal).doesNotExist();
        }
    }

    @Test
    @DisplayName("read_only: an account's own holds for the upload until an option overrules it")
    void anOptionOverrulesTheAccount() throws IOException {
        MailboxImap imap = new MailboxImap().folder("INBOX", 0, 1);
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            save(readOnly(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)));

            assertThat(upload("--account", "saved").exitCode()).isEqualTo(2);
            assertThat(server.connections()).isZero();
            assertThat(upload("--account", "saved", "--read-only", "off").exitCode())
                    .isZero();
            assertThat(imap.messages("INBOX")).hasSize(1);
        }
    }

    private CommandRun sendToMyself(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("send", "--user", ME, "--password-env", "PW", "--from", ME, "--to", ME));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static String address(DemoServer demo, Protocol protocol) {
        return "127.0.0.1:" + demo.endpoint(protocol, TlsMode.NONE).effectivePort();
    }

    @ParameterizedTest
    @CsvSource({"IMAP, --find-imap", "POP3, --find-pop3"})
    @DisplayName("read_only: the test message is found and left, and the report says why")
    void theTestMessageIsFoundAndLeft(Protocol protocol, String option) {
        try (DemoServer demo = DemoServer.start()) {
            CommandRun run = sendToMyself(
                    "--smtp",
                    address(demo, Protocol.SMTP),
                    "--security",
                    "none",
                    option,
                    address(demo, protocol),
                    "--find-security",
                    "none",
                    "--read-only",
                    "on");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("Folder INBOX; left, since the mailbox is read-only.");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, '', readOnly", "false, on, readOnly", "true, off, deleted", "true, off --keep, kept"})
    @DisplayName("read_only: an account's own mailbox, or the option that overrules it, decides about the test message")
    void theMailboxOfTheAccountDecides(boolean saved, String option, String deletion) {
        try (DemoServer demo = DemoServer.start()) {
            Endpoint mailbox = demo.endpoint(Protocol.IMAP, TlsMode.NONE);
            save(demo.endpoint(Protocol.SMTP, TlsMode.NONE), saved ? readOnly(mailbox) : mailbox);
            List<String> more = new ArrayList<>(List.of("--account", "saved", "--round-trip", "--json"));
            more.addAll(List.of("--find-user", ME, "--find-password-env", "PW"));
            if (!option.isEmpty()) {
                more.add("--read-only");
                more.addAll(List.of(option.split(" ", -1)));
            }

            CommandRun run = sendToMyself(more.toArray(String[]::new));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.json().at("/roundTrip/deletion").stringValue()).isEqualTo(deletion);
        }
    }
}
