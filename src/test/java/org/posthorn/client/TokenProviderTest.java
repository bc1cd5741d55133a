package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TokenSettings;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TokenFacts.MismatchKind;
import org.posthorn.transport.Cancellation;

/** Logins whose token somebody gives out. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class TokenProviderTest {
    private static final String USER = "alice@example.org";

    private final Checks checks = new Checks();
    private ScriptedAuthorizationServer authorization;

    @BeforeEach
    void start() throws IOException {
        authorization = ScriptedAuthorizationServer.start();
    }

    @AfterEach
    void close() throws IOException {
        checks.close();
        authorization.close();
    }

    private static ScriptedServer mail(String answer) throws IOException {
        return ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready");
            String tag = peer.hear().split(" ", 2)[0];
            peer.say(tag + " " + answer);
            if (answer.startsWith("OK")) {
                peer.answer("* CAPABILITY IMAP4rev1", "TAG OK");
                peer.answer("TAG OK");
                peer.answer("* BYE", "TAG OK");
            }
            peer.ignore();
        });
    }

    private OauthClient client() {
        return new OauthClient(
                "posthorn-test",
                Secret.of("cl1ent-s3cret-canary"),
                new OauthEndpoints(
                        Optional.empty(),
                        Optional.of(authorization.address("/authorize")),
                        Optional.of(authorization.address("/token")),
                        Optional.of(authorization.address("/device"))),
                "mail");
    }

    private TokenSettings refresh() {
        return new TokenSettings.Refresh(client(), Secret.of("r3fresh-canary-t0ken"));
    }

    private static Endpoint endpoint(ScriptedServer mail, TokenSettings settings) {
        return Checks.endpoint(Protocol.IMAP, mail, TlsMode.NONE).withLogin(Login.tokenProvider(USER, settings));
    }

    @Test
    void getsATokenOnceTheServerIsReadyForIt() throws Exception {
        authorization.on("/token", 200, "{'access_token':'acc3ss','expires_in':3600}");
        try (ScriptedServer mail = mail("OK in")) {
            CheckResult result = checks.run(endpoint(mail, refresh()));

            String sent = mail.heard().getFirst().split(" ", -1)[3];
            assertThat(new String(Base64.getDecoder().decode(sent), StandardCharsets.UTF_8))
                    .isEqualTo("user=" + USER + "\u0001auth=Bearer acc3ss\u0001\u0001");
            assertThat(Checks.phases(result).subList(0, 6))
                    .containsExactly(
                            Phase.RESOLVE, Phase.CONNECT, Phase.GREETING, Phase.CAPABILITIES, Phase.LOGIN, Phase.LOGIN);
            assertThat(result.timeline()
                            .latest(Facts.TokenSought.class)
                            .orElseThrow()
                            .requests())
                    .singleElement()
                    .extracting(Facts.TokenRequest::endpoint)
                    .isEqualTo(authorization.address("/token"));
            assertThat(result.timeline()
                            .latest(Facts.LoggedIn.class)
                            .orElseThrow()
                            .token())
                    .hasValueSatisfying(token -> assertThat(token.jwt()).isFalse());
            assertThat(checks.logText()).contains("POST /token HTTP/1.1", "The access token is opaque");
        }
    }

    @Test
    void asksForNoTokenWhereNoLoginIsWanted() throws Exception {
        try (ScriptedServer mail = mail("OK in")) {
            checks.run(
                    endpoint(mail, new TokenSettings.DeviceCode(client())), new CheckOptions(false, Optional.empty()));
            checks.run(
                    endpoint(mail, new TokenSettings.DeviceCode(client())),
                    new CheckOptions(true, Optional.of(Phase.CAPABILITIES)));
        }
        assertThat(authorization.requests()).isEmpty();
    }

    @Test
    void letsThePersonSignInBeforeTheServerIsKeptWaiting() throws Exception {
        authorization.on(
                "/device",
                200,
                "{'device_code':'d','user_code':'WDJB','verification_uri':'https://e.test','interval':1}");
        authorization.on("/token", 200, "{'access_token':'acc3ss','expires_in':3600}");
        List<Timeline> live = new CopyOnWriteArrayList<>();
        try (ScriptedServer mail = mail("OK in")) {
            Endpoint endpoint = endpoint(mail, new TokenSettings.DeviceCode(client()));
            CheckResult result = checks.run(endpoint, CheckOptions.complete(), new Cancellation(), live::add);

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(Checks.phases(result)).startsWith(Phase.LOGIN, Phase.RESOLVE, Phase.CONNECT);
            assertThat(live.stream()
                            .flatMap(timeline -> timeline.latest(Facts.TokenSought.class).stream())
                            .flatMap(sought -> sought.signIn().stream())
                            .flatMap(signIn -> signIn.code().stream()))
                    .contains("WDJB");
            PhaseRecord kept =
                    result.timeline().records().get(Checks.phases(result).lastIndexOf(Phase.LOGIN) - 1);
            assertThat(((Facts.TokenSought) kept.facts()).origin()).contains(Facts.TokenOrigin.CACHED);
        }
    }

    @Test
    void endsWithTheAuthorizationServersWords() throws Exception {
        authorization.on("/token", 400, "{'error':'invalid_grant','error_description':'Token has been revoked.'}");
        try (ScriptedServer mail = mail("OK in")) {
            Endpoint endpoint = endpoint(mail, refresh());
            CheckResult result = checks.run(endpoint);

            assertThat(failure(result)).isInstanceOf(Failure.TokenRefused.class);
            assertThat(failure(result).stage()).isEqualTo(Phase.LOGIN);
            assertThat(result.timeline().records().getLast().outcome()).isEqualTo(Outcome.FAILED);
            Finding finding = Diagnosis.of(endpoint, result.timeline()).getFirst();
            assertThat(finding.cause().code()).isEqualTo("oauth-refresh-token-invalid");
            assertThat(finding.evidence().toString()).contains("invalid_grant: Token has been revoked.");
        }
    }

    @Test
    void holdsWhatATokenSaysAgainstTheSettingsBeforeItIsSent() throws Exception {
        String claims = "{\"upn\":\"bob@example.org\",\"exp\":1}";
        String jwt = encoded("{\"alg\":\"none\"}") + "." + encoded(claims) + ".c2ln";
        try (ScriptedServer mail = mail("NO no")) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, mail, TlsMode.NONE)
                    .withLogin(Login.accessToken(USER, Secret.of(jwt)));
            CheckResult result = checks.run(endpoint);

            assertThat(result.timeline()
                            .latest(Facts.LoggedIn.class)
                            .orElseThrow()
                            .token()
                            .orElseThrow()
                            .mismatches())
                    .extracting(mismatch -> mismatch.kind())
                    .containsExactly(MismatchKind.EXPIRED, MismatchKind.USER);
            assertThat(Diagnosis.of(endpoint, result.timeline())
                            .getFirst()
                            .cause()
                            .code())
                    .isEqualTo("oauth-token-expired");
            String log = checks.logText();
            assertThat(log.indexOf("(expired)")).isPositive().isLessThan(log.indexOf("AUTHENTICATE"));
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void warnsOfAMismatchThatTheServerOverlooks() throws Exception {
        String jwt = encoded("{\"alg\":\"none\"}") + "." + encoded("{\"upn\":\"bob@example.org\"}") + ".c2ln";
        try (ScriptedServer mail = mail("OK in")) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, mail, TlsMode.NONE)
                    .withLogin(Login.accessToken(USER, Secret.of(jwt)));
            CheckResult result = checks.run(endpoint);

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(Diagnosis.of(endpoint, result.timeline()))
                    .filteredOn(finding -> finding.cause().code().equals("oauth-user-mismatch"))
                    .extracting(finding -> finding.severity().word())
                    .containsExactly("warning");
        }
    }

    @Test
    void stopsAtOnceWhileThePersonIsAwaited() throws Exception {
        Cancellation cancellation = new Cancellation();
        authorization.on(
                "/device",
                200,
                "{'device_code':'d','user_code':'WDJB','verification_uri':'https://e.test','interval':60}");
        try (ScriptedServer mail = mail("OK in")) {
            Endpoint endpoint = endpoint(mail, new TokenSettings.DeviceCode(client()));
            CheckResult result = checks.run(endpoint, CheckOptions.complete(), cancellation, timeline -> {
                if (timeline.latest(Facts.TokenSought.class)
                        .flatMap(Facts.TokenSought::signIn)
                        .isPresent()) {
                    cancellation.cancel();
                }
            });

            assertThat(result.outcome()).isEqualTo(CheckOutcome.CANCELLED);
            assertThat(mail.connections()).isZero();
        }
    }

    @Test
    void leavesNoSecretBehindWhateverIsSaidBack() throws Exception {
        String token = "acc3ss-canary-t0ken-0123456789";
        authorization.on("/token", 200, "{'access_token':'" + token + "','refresh_token':'n3xt-canary-t0ken'}");
        try (ScriptedServer mail = mail("NO " + new Canary(token).echo(USER))) {
            Endpoint endpoint = endpoint(mail, refresh());
            CheckResult result = checks.run(endpoint);

            String everything = checks.logText() + result + endpoint + Diagnosis.of(endpoint, result.timeline());
            for (String secret : List.of(token, "n3xt-canary-t0ken", "cl1ent-s3cret-canary", "r3fresh-canary-t0ken")) {
                assertThat(new Canary(secret).traceIn(everything)).isEmpty();
            }
        }
    }
}
