package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TokenSettings;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.Places;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.Kept;
import org.posthorn.storage.secret.Vault;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.testkit.ScriptedAuthorizationServer.Reply;
import org.posthorn.testkit.ScriptedServer;

/** Refresh tokens that take the place of others while a command runs. */
class RenewedTokensTest {
    private static final String PASSPHRASE = "Tr0ub4dor&3-kestrel";
    private static final String FIRST = "canary-r3fresh-0";

    @TempDir
    Path folder;

    private ScriptedAuthorizationServer authorization;
    private ScriptedServer imap;

    /** Every refresh token is good once: the next has one more stroke behind it. */
    @BeforeEach
    void start() throws IOException {
        authorization = ScriptedAuthorizationServer.start()
                .on(
                        "/token",
                        request -> Reply.json(
                                200,
                                "{'access_token':'acc3ss','expires_in':3600,'refresh_token':'"
                                        + request.form().get("refresh_token") + "|'}"));
        imap = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready");
            for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
                peer.say(line.split(" ", 2)[0] + " OK done");
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        imap.close();
        authorization.close();
    }

    @Test
    void theNextRunComesWithTheOneThatTheLastWasGiven() throws Exception {
        save(SecretKeeping.VAULT);

        for (int run = 0; run < 3; run++) {
            CommandRun done = check("--vault-passphrase-env", "PASSPHRASE");
            assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
            assertThat(done.err()).isEmpty();
        }

        assertThat(sent()).containsExactly(FIRST, FIRST + "|", FIRST + "||");
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new Canary(FIRST).traceIn(Files.readString(file))).isEmpty();
            }
        }
    }

    /** Each of the connections that are held gets a token of its own, and with it another refresh token. */
    @Test
    void theLastOneOfConnectionsThatAreHeldIsKept() throws Exception {
        save(SecretKeeping.VAULT);
        authorization.on(
                "/token",
                request -> Reply.json(
                        200,
                        "{'access_token':'acc3ss','expires_in':0,'refresh_token':'"
                                + request.form().get("refresh_token") + "|'}"));

        CommandRun run = check("--vault-passphrase-env", "PASSPHRASE", "--hold", "1ms", "--connections", "2");
        check("--vault-passphrase-env", "PASSPHRASE");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(sent()).containsExactly(FIRST, FIRST + "|", FIRST + "||", FIRST + "|||");
    }

    /** What hides the vault's passphrase keeps it from programs that are started as well. */
    @Test
    void thePassphraseIsHiddenOnConnectionsThatAreHeldToo() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            if (begun.incrementAndGet() > 1) {
                peer.say("* BYE " + PASSPHRASE + " is no secret of mine");
                return;
            }
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready");
            for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
                peer.say(line.split(" ", 2)[0] + " OK done");
            }
        })) {
            save(
                    SecretKeeping.VAULT,
                    endpoint(Protocol.IMAP, server, new TokenSettings.Refresh(client(), Secret.of(FIRST))));

            CommandRun run = check("--vault-passphrase-env", "PASSPHRASE", "--hold", "1ms", "--json");

            assertThat(run.json().path("connections").get(0).path("serverText").asString())
                    .isEqualTo("* BYE •••••• is no secret of mine");
        }
    }

    @Test
    void thoseOfBothEndsOfARoundTripAreKept() throws Exception {
        try (ScriptedServer smtp = ScriptedServer.of(RenewedTokensTest::smtp)) {
            TokenSettings reading = new TokenSettings.Refresh(client(), Secret.of(FIRST));
            TokenSettings sending = new TokenSettings.Refresh(client().withScope("smtp"), Secret.of(FIRST));
            save(SecretKeeping.VAULT, endpoint(Protocol.IMAP, imap, reading), endpoint(Protocol.SMTP, smtp, sending));
            String[] command = {
                "send",
                "--account",
                "Work",
                "--from",
                "a@x.test",
                "--to",
                "b@x.test",
                "--round-trip",
                "--wait",
                "1ms",
                "--vault-passphrase-env",
                "PASSPHRASE"
            };

            CommandRun first = CommandRun.of(environment(), "", command);
            CommandRun.of(environment(), "", command);

            assertThat(first.err()).doesNotContain("gave another refresh token");
            assertThat(sent()).containsExactly(FIRST, FIRST, FIRST + "|", FIRST + "|");
        }
    }

    private static void smtp(ScriptedServer.Peer peer) throws IOException, InterruptedException {
        peer.say("220 ready");
        for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
            switch (line.split(" ", 2)[0]) {
                case "EHLO" -> peer.say("250-x.test", "250 AUTH XOAUTH2");
                case "AUTH" -> peer.say("235 2.7.0 in");
                case "DATA" -> {
                    peer.say("354 go on");
                    while (!peer.hear().equals(".")) {
                        // The message is of no interest.
                    }
                    peer.say("250 2.0.0 taken");
                }
                default -> peer.say("250 2.0.0 ok");
            }
        }
    }

    @Test
    void oneThatIsKeptNowhereIsToldOnce() throws Exception {
        save(SecretKeeping.NONE);

        CommandRun run = check("--refresh-token-env", "REFRESH", "--hold", "1ms");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err())
                .containsOnlyOnce("gave another refresh token")
                .contains("may be no longer good", "It is not kept")
                .doesNotContain(FIRST);
    }

    @Test
    void oneOfTheCommandsOwnIsNotTakenForTheAccounts() throws Exception {
        save(SecretKeeping.VAULT);

        check("--vault-passphrase-env", "PASSPHRASE", "--refresh-token-env", "REFRESH");
        check("--vault-passphrase-env", "PASSPHRASE");

        assertThat(sent()).containsExactly("other", FIRST);
    }

    @Test
    void aLockedVaultIsToldAndTheCheckGoesOn() throws Exception {
        save(SecretKeeping.VAULT, new TokenSettings.DeviceCode(client()));
        authorization.on(
                "/device",
                200,
                "{'device_code':'d','user_code':'WDJB','verification_uri':'https://e.test','interval':1}");

        CommandRun run = check();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err())
                .contains("The refresh token of the sign-in could not be kept.", "vault", "Add --vault-passphrase-env");
    }

    @Test
    void aSignInIsKeptForTheNextRun() throws Exception {
        save(SecretKeeping.VAULT, new TokenSettings.DeviceCode(client()));
        authorization.on(
                "/device",
                200,
                "{'device_code':'d','user_code':'WDJB','verification_uri':'https://e.test','interval':1}");

        check("--vault-passphrase-env", "PASSPHRASE");
        CommandRun second = check("--vault-passphrase-env", "PASSPHRASE");

        assertThat(second.exitCode()).as(second.out() + second.err()).isZero();
        assertThat(authorization.requests("/device")).hasSize(1);
        assertThat(authorization.requests("/token").getLast().form()).containsEntry("grant_type", "refresh_token");
    }

    private List<String> sent() {
        return authorization.requests("/token").stream()
                .map(request -> request.form().get("refresh_token"))
                .toList();
    }

    private OauthClient client() {
        return new OauthClient(
                "posthorn-test",
                Secret.of(""),
                new OauthEndpoints(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(authorization.address("/token")),
                        Optional.of(authorization.address("/device"))),
                "mail");
    }

    private void save(SecretKeeping keeping) throws IOException {
        save(keeping, new TokenSettings.Refresh(client(), Secret.of(FIRST)));
    }

    private void save(SecretKeeping keeping, TokenSettings settings) throws IOException {
        save(keeping, endpoint(Protocol.IMAP, imap, settings));
    }

    private static Endpoint endpoint(Protocol protocol, ScriptedServer server, TokenSettings settings) {
        return Endpoint.of(protocol, "127.0.0.1")
                .withPort(server.port())
                .withSecurity(TlsMode.NONE)
                .withLogin(Login.tokenProvider("alice", settings));
    }

    private void save(SecretKeeping keeping, Endpoint... endpoints) throws IOException {
        SavedAccount account = SavedAccount.create(Optional.empty(), new Account("Work", List.of(endpoints)))
                .withKeeping(keeping);
        new AccountFile(places().accounts(), Clock.systemUTC()).put(account);
        Vault vault = new Vault(places().vault());
        vault.create(Secret.of(PASSPHRASE));
        assertThat(vault.keep(account.id(), EndpointSecrets.of(account.id(), account.account()), Set.of()))
                .isEqualTo(new Kept.Done(""));
    }

    private CommandRun check(String... options) {
        List<String> line = new ArrayList<>(List.of("check", "--account", "Work"));
        line.addAll(List.of(options));
        return CommandRun.of(environment(), "", line.toArray(String[]::new));
    }

    private Places places() {
        return SavedAccounts.places(environment());
    }

    private Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        variables.put("XDG_CONFIG_HOME", folder.toString());
        variables.put("APPDATA", folder.toString());
        variables.put("PASSPHRASE", PASSPHRASE);
        variables.put("REFRESH", "other");
        return variables;
    }
}
