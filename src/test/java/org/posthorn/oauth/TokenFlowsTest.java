package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.testkit.ScriptedAuthorizationServer.Reply;
import org.posthorn.testkit.ScriptedAuthorizationServer.Request;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

@ExtendWith(NothingLeft.class)
class TokenFlowsTest {
    private static final String ISSUED =
            "{'access_token':'acc3ss','token_type':'bearer','expires_in':3600,'refresh_token':'r3fresh'}";

    private final Acquisitions acquisitions = new Acquisitions();
    private ScriptedAuthorizationServer server;
    private OauthClient client;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedAuthorizationServer.start();
        server.on("/token", 200, ISSUED);
        client = Acquisitions.client(server);
    }

    @AfterEach
    void close() throws Exception {
        acquisitions.close();
        server.close();
    }

    private Map<String, String> form() {
        return server.requests("/token").getLast().form();
    }

    // Refresh

    @Test
    void refreshesWithTheTokenThatIsGiven() throws Exception {
        IssuedToken token = acquisitions.token(new TokenSettings.Refresh(client, Secret.of("old")));

        assertThat(token.token()).isEqualTo(Secret.of("acc3ss"));
        assertThat(token.type()).isEqualTo("bearer");
        assertThat(token.expiry()).contains(Acquisitions.NOW.plusSeconds(3600));
        assertThat(token.expired(Acquisitions.NOW)).isFalse();
        assertThat(token.expired(Acquisitions.NOW.plusSeconds(3600))).isTrue();
        assertThat(form())
                .isEqualTo(Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", "old",
                        "client_id", "posthorn-test",
                        "scope", "mail offline"));
    }

    @Test
    void keepsTheServersWordsWhenItRefuses() {
        server.on(
                "/token",
                400,
                "{'error':'invalid_grant','error_description':'AADSTS70008:"
                        + " <expired>','error_uri':'https://e.test/x'}");

        assertThat(acquisitions.failure(new TokenSettings.Refresh(client, Secret.of("old"))))
                .isEqualTo(new Failure.TokenRefused(
                        server.address("/token"),
                        OptionalInt.of(400),
                        "invalid_grant",
                        Optional.of("AADSTS70008: <expired>"),
                        Optional.of("https://e.test/x")));
    }

    @Test
    void takesARefusalWithTheStatus200ForOne() {
        server.on("/token", 200, "{'error':'bad_verification_code'}");

        assertThat(acquisitions.failure(new TokenSettings.Refresh(client, Secret.of("old"))))
                .isInstanceOf(Failure.TokenRefused.class);
    }

    @Test
    void saysWhatAnswersInstead() {
        server.on("/token", _ -> new Reply(502, "text/html", "<h1>Bad gateway</h1>"));
        assertThat(acquisitions.failure(new TokenSettings.Refresh(client, Secret.of("old"))))
                .isEqualTo(new Failure.TokenEndpointFailed(
                        server.address("/token"),
                        "it answered with the HTTP status 502 and no access token",
                        Optional.empty(),
                        Optional.of(new Failure.HttpAnswer(502, Optional.of("Bad gateway")))));
    }

    @Test
    void keepsTheWordsOfAnAnswerThatIsNoJsonAndNothingThatLooksLikeAToken() {
        server.on("/token", _ -> new Reply(429, "text/plain", "quota of abcdefghijklmnopqrstuvwxyz012345\n exceeded"));
        assertThat(acquisitions
                        .failure(new TokenSettings.Refresh(client, Secret.of("old")))
                        .serverText())
                .contains("quota of •••••• exceeded");

        server.on("/token", _ -> new Reply(200, "text/plain", "t0ken"));
        assertThat(acquisitions
                        .failure(new TokenSettings.Refresh(client, Secret.of("old")))
                        .serverText())
                .isEmpty();
    }

    @Test
    void followsNoRedirect() {
        server.on("/token", _ -> new Reply(307, "text/plain", ""));
        assertThat(acquisitions.failure(new TokenSettings.Refresh(client, Secret.of("old"))))
                .isInstanceOfSatisfying(
                        Failure.TokenEndpointFailed.class,
                        failure -> assertThat(failure.detail()).contains("redirects"));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void keepsWhyTheServerWasNotReached() {
        OauthClient nowhere =
                client.withEndpoints(client.endpoints().withToken(Optional.of("http://127.0.0.1:1/token")));

        assertThat(acquisitions.failure(new TokenSettings.Refresh(nowhere, Secret.of("old"))))
                .isInstanceOfSatisfying(
                        Failure.TokenEndpointFailed.class,
                        failure -> assertThat(failure.reason()).get().isInstanceOf(Failure.ConnectionRefused.class));
    }

    // Client credentials

    @Test
    void provesTheClientByItsSecret() throws Exception {
        acquisitions.token(
                new TokenSettings.ClientCredentials(client.withSecret(Secret.of("s3cret")), Optional.empty()));

        assertThat(form()).containsEntry("grant_type", "client_credentials").containsEntry("client_secret", "s3cret");
    }

    @Test
    void sendsTheSecretInTheHeaderWhereTheServerTakesItThereOnly() throws Exception {
        server.on(
                "/.well-known/openid-configuration",
                200,
                "{'issuer':'" + server.address("") + "','token_endpoint':'" + server.address("/token")
                        + "','token_endpoint_auth_methods_supported':['client_secret_basic']}");
        OauthClient discovered = client.withSecret(Secret.of("s3:cret"))
                .withEndpoints(OauthEndpoints.none().withIssuer(Optional.of(server.address(""))));

        acquisitions.token(new TokenSettings.ClientCredentials(discovered, Optional.empty()));

        Request request = server.requests("/token").getLast();
        String pair = new String(
                Base64.getDecoder()
                        .decode(request.fields()
                                .getOrDefault("authorization", "")
                                .substring(6)),
                StandardCharsets.UTF_8);
        assertThat(pair).isEqualTo("posthorn-test:s3%3Acret");
        assertThat(request.form()).doesNotContainKey("client_secret");
    }

    // Device code

    @Test
    void showsTheDeviceCodeAndAsksUntilItIsUsed() throws Exception {
        server.on(
                "/device",
                200,
                "{'device_code':'d3vice','user_code':'WDJB-MJHT','verification_uri':'https://e.test/device','expires_in':600,'interval':3}");
        AtomicInteger asked = new AtomicInteger();
        server.on("/token", _ -> switch (asked.incrementAndGet()) {
            case 1 -> Reply.json(400, "{'error':'authorization_pending'}");
            case 2 -> Reply.json(400, "{'error':'slow_down'}");
            default -> Reply.json(200, ISSUED);
        });

        IssuedToken token = acquisitions.token(new TokenSettings.DeviceCode(client));

        assertThat(token.token()).isEqualTo(Secret.of("acc3ss"));
        assertThat(acquisitions.pauses)
                .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(8));
        assertThat(acquisitions.progress.stream().flatMap(p -> p.signIn().stream()))
                .contains(new Facts.SignIn(
                        "https://e.test/device", Optional.of("WDJB-MJHT"), Acquisitions.NOW.plusSeconds(600)));
        assertThat(form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", "d3vice");
    }

    @Test
    void endsWithTheServersWordWhenTheCodeRanOutOrWasDeclined() {
        server.on("/device", 200, "{'device_code':'d','user_code':'U','verification_url':'https://e.test'}");
        for (String error : List.of("expired_token", "access_denied")) {
            server.on("/token", 400, "{'error':'" + error + "'}");
            assertThat(acquisitions.failure(new TokenSettings.DeviceCode(client)))
                    .isInstanceOfSatisfying(
                            Failure.TokenRefused.class,
                            failure -> assertThat(failure.error()).isEqualTo(error));
        }
    }

    @Test
    void endsByItselfWhenTheCodeHasRunOut() {
        server.on(
                "/device",
                200,
                "{'device_code':'d','user_code':'U','verification_uri':'https://e.test','expires_in':20}");
        server.on("/token", 400, "{'error':'authorization_pending'}");

        assertThat(acquisitions.failure(new TokenSettings.DeviceCode(client)))
                .isInstanceOfSatisfying(
                        Failure.SignInUnfinished.class,
                        failure -> assertThat(failure.end()).isEqualTo(Failure.SignInEnd.TIMED_OUT));
        assertThat(acquisitions.pauses).hasSize(4);
    }

    @Test
    void refusesADeviceAnswerWithoutACode() {
        server.on("/device", 200, "{'user_code':'U'}");
        assertThat(acquisitions.failure(new TokenSettings.DeviceCode(client)))
                .isInstanceOf(Failure.TokenEndpointFailed.class);
    }

    @Test
    void stopsAskingWhenThePersonStops() {
        server.on("/device", _ -> {
            acquisitions.cancellation.cancel();
            return Reply.json(200, "{'device_code':'d','user_code':'U','verification_uri':'https://e.test'}");
        });
        assertThat(acquisitions.failure(new TokenSettings.DeviceCode(client))).isInstanceOf(Failure.Cancelled.class);
    }

    // Discovery

    @Test
    void looksUpAtTheIssuerWhatIsNotTyped() throws Exception {
        String issuer = server.address("/realm");
        server.on("/realm/.well-known/openid-configuration", 200, metadata(issuer));

        acquisitions.token(new TokenSettings.Refresh(discovered(issuer), Secret.of("old")));

        assertThat(server.requests())
                .extracting(Request::path)
                .containsExactly("/realm/.well-known/openid-configuration", "/token");
    }

    @Test
    void looksWhereOauthServersWithoutOpenidSayIt() throws Exception {
        String issuer = server.address("/realm");
        server.on("/.well-known/oauth-authorization-server/realm", 200, metadata(issuer));

        acquisitions.token(new TokenSettings.Refresh(discovered(issuer), Secret.of("old")));

        assertThat(server.requests("/token")).hasSize(1);
    }

    @Test
    void believesNoMetadataOfAnotherIssuer() {
        String issuer = server.address("/realm");
        server.on("/realm/.well-known/openid-configuration", 200, metadata("https://evil.test"));

        assertThat(acquisitions.failure(new TokenSettings.Refresh(discovered(issuer), Secret.of("old"))))
                .isInstanceOf(Failure.TokenSettingsUnusable.class);
        assertThat(server.requests("/token")).isEmpty();
    }

    @Test
    void saysWhichEndpointTheIssuerLacks() {
        String issuer = server.address("/realm");
        server.on("/realm/.well-known/openid-configuration", 200, metadata(issuer));

        assertThat(acquisitions.failure(new TokenSettings.DeviceCode(discovered(issuer))))
                .isInstanceOfSatisfying(
                        Failure.TokenSettingsUnusable.class,
                        failure -> assertThat(failure.detail()).contains("names no device authorization endpoint"));
    }

    private OauthClient discovered(String issuer) {
        return client.withEndpoints(OauthEndpoints.none().withIssuer(Optional.of(issuer)));
    }

    private String metadata(String issuer) {
        return "{'issuer':'" + issuer + "','token_endpoint':'" + server.uri("/token") + "'}";
    }

    // All

    @Test
    void leavesNoSecretInTheLogTheFactsOrAnyText() throws Exception {
        OauthClient secret = client.withSecret(Secret.of("cl1ent-s3cret"));
        TokenSettings settings = new TokenSettings.Refresh(secret, Secret.of("0ld-r3fresh"));
        server.on("/token", 400, "{'error':'x','error_description':'cl1ent-s3cret 0ld-r3fresh'}");
        Failure refused = acquisitions.failure(settings);
        server.on("/token", 200, "{'access_token':'acc3ss-t0ken','refresh_token':'n3w-r3fresh'}");
        IssuedToken token = acquisitions.token(settings);

        assertThat(acquisitions.logText()
                        + acquisitions.progress
                        + token
                        + settings
                        + acquisitions.mask.mask(refused.toString()))
                .contains("POST /token")
                .doesNotContain("cl1ent-s3cret", "0ld-r3fresh", "acc3ss-t0ken", "n3w-r3fresh");
    }

    @Test
    void tellsOfEachRequest() throws Exception {
        acquisitions.token(new TokenSettings.Refresh(client, Secret.of("old")));

        Facts.TokenSought last = acquisitions.progress.getLast();
        assertThat(last.flow()).isEqualTo("refresh");
        assertThat(last.origin()).contains(Facts.TokenOrigin.ISSUED);
        assertThat(last.requests()).singleElement().satisfies(request -> {
            assertThat(request.endpoint()).isEqualTo(server.address("/token"));
            assertThat(request.status()).hasValue(200);
        });
        assertThat(URI.create(last.requests().getFirst().endpoint()).getQuery()).isNull();
    }
}
