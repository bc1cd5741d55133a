package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** {@code check --token-provider}. */
class TokenProviderOptionsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("CLIENT_SECRET", "cl1ent-s3cret-canary", "REFRESH", "r3fresh-canary-t0ken");

    private ScriptedAuthorizationServer authorization;
    private ScriptedServer mail;

    @BeforeEach
    void start() throws IOException {
        authorization = ScriptedAuthorizationServer.start();
        authorization.on("/token", 200, "{'access_token':'acc3ss-canary-t0ken','expires_in':3600}");
        mail = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready");
            while (true) {
                String[] words = peer.hear().split(" ", -1);
                peer.say(words[0] + " OK");
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        mail.close();
        authorization.close();
    }

    private CommandRun check(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("check", "--imap", mail.host() + ":" + mail.port(), "--security", "none", "--json"));
        arguments.addAll(List.of(options));
        return CommandRun.of(ENVIRONMENT, "", arguments.toArray(String[]::new));
    }

    @Test
    @DisplayName("token_provider: --token-provider gets a token and shows its request")
    void getsATokenAndShowsItsRequestInThePhases() {
        CommandRun run = check(
                "-v",
                "--user",
                "alice",
                "--token-provider",
                "refresh",
                "--client-id",
                "id",
                "--client-secret-env",
                "CLIENT_SECRET",
                "--refresh-token-env",
                "REFRESH",
                "--token-endpoint",
                authorization.address("/token"),
                "--scope",
                "mail");

        JsonNode json = run.json();
        assertThat(run.exitCode()).isZero();
        assertThat(json.at("/login/mechanism").stringValue()).isEqualTo("XOAUTH2");
        JsonNode sought = json.at("/phases")
                .valueStream()
                .map(phase -> phase.at("/facts"))
                .filter(facts -> facts.has("tokenProvider"))
                .findFirst()
                .orElseThrow();
        assertThat(sought.at("/tokenProvider").stringValue()).isEqualTo("refresh");
        assertThat(sought.at("/origin").stringValue()).isEqualTo("issued");
        assertThat(sought.at("/requests/0/endpoint").stringValue()).isEqualTo(authorization.address("/token"));
        assertThat(sought.at("/requests/0/status").intValue()).isEqualTo(200);
        assertThat(sought.at("/token/form").stringValue()).isEqualTo("opaque");
        assertThat(run.err()).contains("POST /token HTTP/1.1", "client_secret=••••••");
        for (String secret : List.of("cl1ent-s3cret-canary", "r3fresh-canary-t0ken", "acc3ss-canary-t0ken")) {
            assertThat(new Canary(secret).traceIn(run.out() + run.err())).isEmpty();
        }
    }

    @Test
    void tellsTheDeviceCodeOnStandardErrorAndNotInTheJson() {
        authorization.on(
                "/device",
                200,
                "{'device_code':'d3vice-canary','user_code':'WDJB-MJHT','verification_uri':'https://e.test/device','interval':1}");
        CommandRun run = check(
                "--user",
                "alice",
                "--token-provider",
                "device",
                "--client-id",
                "id",
                "--token-endpoint",
                authorization.address("/token"),
                "--device-endpoint",
                authorization.address("/device"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("open https://e.test/device", "    WDJB-MJHT")
                .doesNotContain("d3vice");
        assertThat(run.out()).doesNotContain("WDJB", "d3vice");
        assertThat(run.err().split("WDJB", -1)).hasSize(2);
    }

    @Test
    void keepsTheWordsOfARefusal() {
        authorization.on("/token", 400, "{'error':'invalid_grant','error_description':'Token has been revoked.'}");
        CommandRun run = check(
                "--user",
                "alice",
                "--token-provider",
                "refresh",
                "--client-id",
                "id",
                "--refresh-token-env",
                "REFRESH",
                "--token-endpoint",
                authorization.address("/token"));

        JsonNode json = run.json();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(json.at("/failure/stage").stringValue()).isEqualTo("login");
        assertThat(json.at("/failure/kind").stringValue()).isEqualTo("TokenRefused");
        assertThat(json.at("/failure/serverText").stringValue()).isEqualTo("invalid_grant: Token has been revoked.");
        assertThat(json.at("/failure/cause").stringValue()).isEqualTo("oauth-refresh-token-invalid");
    }

    @Test
    void takesTheEndpointsOfAPresetAndChecksThemBeforeConnecting() {
        CommandRun run = check(
                "--user",
                "alice",
                "--token-provider",
                "client-credentials",
                "--oauth-preset",
                "microsoft-app",
                "--client-id",
                "id",
                "--client-secret-env",
                "CLIENT_SECRET");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--token-endpoint: Replace the part in braces");
        assertThat(mail.connections()).isZero();
    }

    @Test
    void runsACommandForAToken() {
        CommandRun run = check("--user", "alice", "--token-provider", "command", "--token-command", "echo t0ken");

        assertThat(run.exitCode()).isZero();
        assertThat(mail.heard().getFirst()).contains("AUTHENTICATE XOAUTH2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--user alice --token-provider magic | --token-provider takes code, device",
                "--token-provider command --token-command x | --user",
                "--user alice --client-id x | go with --token-provider",
                "--user alice --token-provider command --token-command \"x | double quote",
                "--user alice --token-provider command | --token-command: Type the program",
                "--user alice --token-provider refresh --client-id x --refresh-token-env NONE | --refresh-token-env"
                        + " names",
                "--user alice --token-provider code --oauth-preset nobody | --oauth-preset knows google",
                "--user alice --token-provider code --token-env REFRESH | leave away"
            })
    void saysWhatIsWrongWithTheOptions(String options, String words) {
        CommandRun run = check(options.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(words);
    }
}
