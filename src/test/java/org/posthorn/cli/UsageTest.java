package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that cannot be meant so: exit code 2, one sentence, and nothing is connected to. */
class UsageTest {
    private static final String PASSWORD = "canary-Pa55";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "check --imap",
                "check --imap a.example --pop3 b.example",
                "check --imap a.example --imap b.example",
                "check --imap 2001:db8::1",
                "check --imap [2001:db8::1",
                "check --imap imaps://a.example",
                "check --imap a.example:x",
                "check --imap a.example:70000",
                "check --imap a@b.example",
                "check --imap a.example --security maybe",
                "check --imap a.example --user alice",
                "check --imap a.example --password-env PW",
                "check --imap a.example --user alice --password-env NOT_SET",
                "check --imap a.example --user alice --password-file /nowhere/at/all",
                "check --imap a.example --user alice --password-env PW --password-stdin",
                "check --imap a.example --user alice --password-env PW --token-stdin",
                "check --imap a.example --user alice --token-env NOT_SET",
                "check --imap a.example --token-env PW",
                "check --imap a.example --current-user --user alice",
                "check --imap a.example --current-user --password-env PW",
                "check --imap a.example --current-user --mechanism PLAIN",
                "check --imap a.example --user alice --token canary-Pa55",
                "check --imap a.example --user alice --token-env PW --mechanism PLAIN",
                "check --imap a.example --user alice --password-env PW --mechanism PLAIN,BOGUS",
                "check --imap a.example --user alice --password-env PW --mechanism BOGUS",
                "check --imap a.example --user alice --password-env PW --mechanism USER",
                "check --pop3 a.example --user alice --password-env PW --mechanism IMAP-LOGIN",
                "check --imap a.example --user alice --password-env NUL",
                "check --imap a.example --user alice --password-file /dev/null",
                "check --imap a.example --user alice --password-env EMPTY",
                "check --imap 1.2.3",
                "check --imap a.example --bind 1.2.3",
                "check --imap a.example --password canary-Pa55",
                "check --imap a.example canary-Pa55",
                "check --imap a.example --tls 1.1",
                "check --imap a.example --client-certificate /nowhere/at/all",
                "check --imap a.example --key-passphrase-env PW",
                "check --imap a.example --client-certificate /nowhere/at/all --key-passphrase-env NOT_SET",
                "check --imap a.example --obsolete-tls 1.2",
                "check --imap a.example --tls 1.2,1.3 --obsolete-tls 1.0",
                "check --imap a.example --trust-ca /nowhere/at/all",
                "check --imap a.example --revocation never",
                "check --imap a.example --trust-fingerprint 123",
                "check --imap a.example --bind here",
                "check --imap a.example --ip 5",
                "check --imap a.example --timeout soon",
                "check --imap a.example --timeout 0s",
                "check --imap a.example --greeting-timeout 10m",
                "check --imap a.example --stop-after lunch",
                "check --imap a.example --stop-after tunnel",
                "check --imap a.example --protocol imap",
                "check --account nobody",
                "check --proxy socks5://a.example",
                "check --imap a.example --proxy none --resolve-by here",
                "check --imap a.example --log a.log --no-log",
                "check --imap a.example --log-dated --no-log",
                "check --imap a.example --log-on --no-log",
                "check --imap a.example --read-only",
                "check --imap a.example --read-only yes",
                "check --smtp a.example --read-only on",
                "send --smtp a.example --from a@a.example --to b@a.example --read-only on",
                "send --smtp a.example --from a@a.example --to b@a.example --count 2 --yes --read-only on",
                "demo --imap a.example",
                "chek",
                "--json"
            })
    void wrongUsageEndsWithTwoInOneSentenceWithoutTheSecret(String line) {
        CommandRun run = CommandRun.of(
                Map.of("PW", PASSWORD, "NUL", PASSWORD + "\0", "EMPTY", "", "HOME", "/nowhere"),
                PASSWORD,
                line.split(" ", -1));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("posthorn: ")
                .endsWith(".\n")
                .hasLineCount(1)
                .doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutAuthoritiesIsToldBeforeAnythingIsSent(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), content);

        CommandRun run = CommandRun.of("check", "--imap", "a.invalid", "--trust-ca", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("posthorn: --trust-ca: ").contains("certificate");
    }

    @Test
    void aFileThatIsNoTextHoldsNoPassword() throws IOException {
        Path file = Files.write(folder.resolve("pw"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});

        CommandRun run =
                CommandRun.of("check", "--imap", "a.invalid", "--user", "alice", "--password-file", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("posthorn: --password-file does not hold a secret: it is not text in UTF-8.\n");
    }

    @Test
    void theSentenceNamesWhatToTypeInstead() {
        assertThat(CommandRun.of("check", "--imap", "imaps://a.invalid").err()).contains("imaps://", "--security");
        assertThat(CommandRun.of(
                                Map.of("PW", PASSWORD),
                                "",
                                "check",
                                "--imap",
                                "a.invalid",
                                "--user",
                                "a",
                                "--password-env",
                                "PW",
                                "--mechanism",
                                "BOGUS")
                        .err())
                .contains("--mechanism", "IMAP-LOGIN", "SCRAM-SHA-256");
    }

    @ParameterizedTest
    @CsvSource({
        "--password-env, GSSAPI, --current-user",
        "--password-env, XOAUTH2, --token-env",
        "--token-env, PLAIN, --password-env",
        "--token-env, gssapi, --current-user"
    })
    void aMechanismOfAnotherLoginNamesThatLogin(String secret, String mechanism, String option) {
        CommandRun run = CommandRun.of(
                Map.of("PW", PASSWORD),
                "",
                "check",
                "--imap",
                "a.invalid",
                "--user",
                "a",
                secret,
                "PW",
                "--mechanism",
                mechanism);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(mechanism, "it goes with", option);
    }
}
