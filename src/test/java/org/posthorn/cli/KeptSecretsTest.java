package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.account.TlsMode;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.Places;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.Kept;
import org.posthorn.storage.secret.Vault;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.ScriptedServer;

class KeptSecretsTest {
    private static final String PASSWORD = "canary-Pa55 wörd+/%";
    private static final String PASSPHRASE = "Tr0ub4dor&3-kestrel";

    @TempDir
    Path folder;

    @Test
    void aPasswordInTheVaultNeedsOnlyItsPassphrase() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(KeptSecretsTest::imap)) {
            save(server.port(), SecretKeeping.VAULT);

            CommandRun run = check("--vault-passphrase-env", "PASSPHRASE");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("PLAIN as alice");
            assertThat(check("--vault-passphrase-stdin").exitCode()).isZero();
        }
    }

    @Test
    void leavesNoTraceOfPasswordOrPassphraseAnywhere() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(KeptSecretsTest::imap)) {
            save(server.port(), SecretKeeping.VAULT);
            Path log = folder.resolve("session.log");

            CommandRun run = check("--vault-passphrase-env", "PASSPHRASE", "-v", "--json", "--log", log.toString());

            assertThat(run.exitCode()).isZero();
            assertThat(log).exists();
            hasNoTrace(run.out());
            hasNoTrace(run.err());
            try (var files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    hasNoTrace(Files.readString(file));
                }
            }
        }
    }

    @Test
    void aLockedVaultIsToldBeforeAnythingIsSent() throws Exception {
        save(1, SecretKeeping.VAULT);

        assertThat(mistake()).contains("in the vault", "--vault-passphrase-env", "--password-env");
        assertThat(mistake("--vault-passphrase-env", "WRONG"))
                .isEqualTo("posthorn: --vault-passphrase: this is not the passphrase of the vault.\n");
        Files.delete(places().vault());
        assertThat(mistake()).contains("There is no vault", "--password-env");
        assertThat(mistake("--vault-passphrase-env", "PASSPHRASE"))
                .contains("cannot be read", "it is not there any more");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMissingKeychainIsToldBeforeAnythingIsSent() throws Exception {
        save(1, SecretKeeping.KEYCHAIN);

        assertThat(mistake())
                .isEqualTo("posthorn: the account's secrets cannot be had: This session has no keychain: it has no"
                        + " session bus, or give the password with --password-env, --password-file or"
                        + " --password-stdin.\n");
    }

    @Test
    void aPasswordOfTheCommandAsksNeitherKeychainNorVault() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(KeptSecretsTest::imap)) {
            for (SecretKeeping keeping : SecretKeeping.values()) {
                save(server.port(), keeping);

                CommandRun run = check("--password-env", "PASSWORD");

                assertThat(run.exitCode()).as(keeping + run.err()).isZero();
                assertThat(run.err()).isEmpty();
            }
        }
    }

    @Test
    void anAccountThatKeepsNothingAsksForItsPassword() throws Exception {
        save(1, SecretKeeping.NONE);

        assertThat(mistake()).contains("add --password-env");
        assertThat(mistake("--vault-passphrase-env", "PASSPHRASE")).contains("keeps no secrets");
    }

    @Test
    void theOptionsOfTheVaultGoWithAnAccountAndItsPassphraseComesOnce() throws Exception {
        save(1, SecretKeeping.VAULT);

        assertThat(mistake("--vault-passphrase-stdin", "--password-stdin")).contains("not both");
        assertThat(mistake("--vault-passphrase-env", "NOT_SET")).contains("a variable that is not set");
        assertThat(CommandRun.of(
                                environment(),
                                "",
                                "check",
                                "--imap",
                                "a.invalid",
                                "--vault-passphrase-env",
                                "PASSPHRASE")
                        .err())
                .isEqualTo("posthorn: --vault-passphrase goes with --account.\n");
    }

    private void save(int port, SecretKeeping keeping) throws IOException {
        Endpoint imap = Endpoint.of(Protocol.IMAP, "127.0.0.1")
                .withPort(port)
                .withSecurity(TlsMode.NONE)
                .withLogin(Login.password("alice", Secret.of(PASSWORD)));
        SavedAccount account = SavedAccount.create(Optional.empty(), new Account("Work", List.of(imap)))
                .withKeeping(keeping);
        Files.deleteIfExists(places().accounts());
        new AccountFile(places().accounts(), Clock.systemUTC()).put(account);
        Files.deleteIfExists(places().vault());
        Vault vault = new Vault(places().vault());
        vault.create(Secret.of(PASSPHRASE));
        assertThat(vault.keep(account.id(), EndpointSecrets.of(account.id(), account.account()), Set.of()))
                .isEqualTo(new Kept.Done(""));
    }

    private String mistake(String... options) {
        CommandRun run = check(options);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        hasNoTrace(run.err());
        return run.err();
    }

    private CommandRun check(String... options) {
        List<String> line = new ArrayList<>(List.of("check", "--account", "Work"));
        line.addAll(List.of(options));
        return CommandRun.of(environment(), PASSPHRASE, line.toArray(String[]::new));
    }

    private static void hasNoTrace(String text) {
        assertThat(new Canary(PASSWORD).traceIn(text)).isEmpty();
        assertThat(new Canary(PASSPHRASE).traceIn(text)).isEmpty();
    }

    private Places places() {
        return SavedAccounts.places(environment());
    }

    private Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        variables.put("XDG_CONFIG_HOME", folder.toString());
        variables.put("APPDATA", folder.toString());
        variables.put("PASSPHRASE", PASSPHRASE);
        variables.put("WRONG", "another");
        variables.put("PASSWORD", PASSWORD);
        return variables;
    }

    /** Logs in whoever comes with the password, and says yes to everything else. */
    private static void imap(ScriptedServer.Peer peer) throws IOException, InterruptedException {
        String blob = Base64.getEncoder().encodeToString(("\0alice\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
        for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
            boolean login = line.contains(" AUTHENTICATE ");
            peer.say(line.split(" ", 2)[0] + (login && !line.endsWith(blob) ? " NO wrong" : " OK done"));
        }
    }
}
