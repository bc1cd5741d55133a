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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.OpenImap;
import org.posthorn.testkit.ScriptedServer;

/** What the log settings of a saved account, and the options beside them, leave on the disk. */
class MembersOfTheLogTest {
    @TempDir
    private Path folder;

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.of(new OpenImap());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Takes the place of what was saved before. */
    private void save(LogSettings log) throws IOException {
        Path file = folder.resolve("posthorn/accounts.json");
        Files.deleteIfExists(file);
        var endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE).withLog(log);
        new AccountFile(file, Clock.systemUTC())
                .put(SavedAccount.create(Optional.empty(), new Account("saved", List.of(endpoint))));
    }

    private void check(String... options) {
        List<String> arguments = new ArrayList<>(List.of("check", "--account", "saved", "--json"));
        arguments.addAll(List.of(options));
        Map<String, String> environment = Map.of(
                "XDG_CONFIG_HOME", folder.toString(),
                "APPDATA", folder.toString());
        CommandRun run = CommandRun.of(environment, "", arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).isEmpty();
    }

    private List<String> logs() throws IOException {
        Path logs = folder.resolve("logs");
        if (!Files.exists(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private LogSettings settings() {
        return LogSettings.defaults().withFile(Optional.of(folder.resolve("logs/mail.log")));
    }

    @Test
    @DisplayName("enable_logger: an account that wants a log file gets one, and an option leaves it out")
    void theLogFileIsWrittenWhereItIsEnabled() throws IOException {
        save(settings());
        check();
        save(settings().withEnabled(true));
        check("--no-log");
        assertThat(logs()).isEmpty();

        check();

        assertThat(logs()).containsExactly("mail.log");
        assertThat(folder.resolve("logs/mail.log")).content().contains("S * PREAUTH");
    }

    @Test
    @DisplayName("enable_logger: an option turns on the log file that an account names and does not want")
    void anOptionTurnsTheLogFileOn() throws IOException {
        save(settings());

        check("--log-on");

        assertThat(logs()).containsExactly("mail.log");
    }

    @Test
    @DisplayName("log_file_name: an option names another file than the account, which stays as it is")
    void anOptionNamesAnotherFile() throws IOException {
        save(settings().withEnabled(true));

        check("--log", folder.resolve("logs/other.log").toString());

        assertThat(logs()).containsExactly("other.log");
    }

    @Test
    @DisplayName("use_date_in_log_file_name: the date of today goes into the name, by the account or by an option")
    void theDateGoesIntoTheName() throws IOException {
        save(settings().withEnabled(true).withDated(true));
        check();
        save(settings().withEnabled(true));
        check("--log-dated");

        assertThat(logs())
                .allMatch(name -> name.matches("mail-\\d{4}-\\d\\d-\\d\\d\\.log"))
                .isNotEmpty();
    }
}
