package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TokenSettings;
import org.posthorn.client.Check;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.Connector;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Facts.TokenOrigin;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/** Every flow at a real authorization server, its tokens at a real mail server, and what each says of tokens that are no good. */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(120)
class TokenProvidersTest {
    private final Network network = Network.system();
    private final WireLog log = new WireLog(Clock.systemUTC(), 10_000);
    private final AtomicInteger browsers = new AtomicInteger();
    private final KeycloakPerson person;
    private final LabServer dovecot;
    private final TokenProviders providers;
    private final Connector connector;
    private final LabChecks checks;

    TokenProvidersTest(Lab lab) {
        checks = new LabChecks(lab);
        dovecot = lab.server("dovecot", "oauth");
        person = new KeycloakPerson(lab.server("keycloak"));
        providers = new TokenProviders(Machine.with(this::browse));
        connector = new Connector(network, TrustAnchors.builtIn(), log, Clock.systemUTC(), providers);
    }

    @AfterEach
    void close() {
        network.close();
        checks.close();
    }

    private void browse(URI address) {
        browsers.incrementAndGet();
        Thread.ofVirtual().start(() -> signIn(address));
    }

    private void signIn(URI address) {
        try {
            person.signIn(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OauthClient client(String id, String secret) {
        return OauthClient.none()
                .withId(id)
                .withSecret(Secret.of(secret))
                .withScope("openid")
                .withEndpoints(OauthEndpoints.none().withIssuer(Optional.of(person.issuer())));
    }

    private Endpoint endpoint(Login login) {
        return checks.endpoint(dovecot, "imaps", TlsMode.IMPLICIT).withLogin(login);
    }

    private Endpoint endpoint(TokenSettings settings) {
        return endpoint(Login.tokenProvider("alice", settings));
    }

    private CheckResult run(Endpoint endpoint) {
        return new Check(connector).run(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {});
    }

    private static Facts.TokenSought sought(CheckResult result) {
        return result.timeline().latest(Facts.TokenSought.class).orElseThrow();
    }

    private static String cause(CheckResult result) {
        return Diagnosis.of(result.endpoint(), result.timeline())
                .getFirst()
                .cause()
                .code();
    }

    private String logText() {
        return log.from(0, 10_000).stream().map(event -> event.text()).collect(Collectors.joining("\n"));
    }

    /** Dovecot asks Keycloak about each token (RFC 7662), however it was carried. */
    @ParameterizedTest
    @CsvSource({"imap, STARTTLS, XOAUTH2", "imaps, IMPLICIT, OAUTHBEARER", "pop3s, IMPLICIT, OAUTHBEARER"})
    void theTokenIsTakenByEitherMechanism(String port, TlsMode mode, String mechanism) {
        Login login = Login.tokenProvider("alice", new TokenSettings.AuthorizationCode(client("posthorn", "")))
                .withSasl(SaslSettings.of(mechanism));

        CheckResult result = run(checks.endpoint(dovecot, port, mode).withLogin(login));

        assertThat(result.outcome()).as(result.timeline().toString()).isEqualTo(CheckOutcome.READY);
        assertThat(result.timeline().latest(Facts.LoggedIn.class).orElseThrow().mechanism())
                .contains(mechanism);
    }

    @Test
    void signsInInTheBrowserAndRefreshesAfterwards() {
        Endpoint endpoint = endpoint(new TokenSettings.AuthorizationCode(client("posthorn", "")));

        CheckResult first = run(endpoint);
        CheckResult second = run(endpoint);
        providers.renew("alice", ((Login.TokenProvider) endpoint.login()).settings());
        CheckResult third = run(endpoint);

        assertThat(first.outcome()).as(first.timeline().toString()).isEqualTo(CheckOutcome.READY);
        assertThat(second.outcome()).isEqualTo(CheckOutcome.READY);
        assertThat(sought(second).origin()).contains(TokenOrigin.CACHED);
        assertThat(third.outcome()).isEqualTo(CheckOutcome.READY);
        // Before the connection, since the refresh token might have been no longer good.
        assertThat(third.timeline().records())
                .extracting(PhaseRecord::facts)
                .filteredOn(Facts.TokenSought.class::isInstance)
                .extracting(facts -> ((Facts.TokenSought) facts).origin())
                .containsExactly(Optional.of(TokenOrigin.ISSUED), Optional.of(TokenOrigin.CACHED));
        assertThat(browsers).hasValue(1);
        assertThat(logText())
                .contains("grant_type=authorization_code", "grant_type=refresh_token")
                .doesNotContain("eyJ");
    }

    @Test
    void signsInByADeviceCode() {
        Endpoint endpoint = endpoint(new TokenSettings.DeviceCode(client("television", "")));
        AtomicInteger shown = new AtomicInteger();

        CheckResult result = new Check(connector)
                .run(endpoint, CheckOptions.complete(), new Cancellation(), timeline -> {
                    Optional<Facts.SignIn> awaited =
                            timeline.latest(Facts.TokenSought.class).flatMap(Facts.TokenSought::signIn);
                    if (awaited.isPresent() && shown.getAndIncrement() == 0) {
                        Facts.SignIn signIn = awaited.get();
                        browse(URI.create(
                                signIn.address() + "?user_code=" + signIn.code().orElseThrow()));
                    }
                });

        assertThat(result.outcome()).as(result.timeline().toString()).isEqualTo(CheckOutcome.READY);
        assertThat(shown).hasPositiveValue();
    }

    @Test
    void speaksForAnApplication() {
        TokenSettings settings =
                new TokenSettings.ClientCredentials(client("service", "w1tness-s3cret-9"), Optional.empty());
        CheckResult result = run(endpoint(Login.tokenProvider("service-account-service", settings)));

        assertThat(result.outcome()).as(result.timeline().toString()).isEqualTo(CheckOutcome.READY);
        assertThat(new Canary("w1tness-s3cret-9").traceIn(logText() + result)).isEmpty();
    }

    @Test
    void refreshesWithATokenFromElsewhere() throws Exception {
        String refresh = person.tokens("posthorn").getOrDefault("refresh_token", "");
        CheckResult result = run(endpoint(new TokenSettings.Refresh(client("posthorn", ""), Secret.of(refresh))));

        assertThat(result.outcome()).as(result.timeline().toString()).isEqualTo(CheckOutcome.READY);
        // A certificate in Base64 holds addresses, as the token does.
        String left =
                (logText() + result).replaceAll("(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", "");
        assertThat(left).doesNotContain("CERTIFICATE-----");
        assertThat(new Canary(refresh).traceIn(left)).isEmpty();
    }

    @Test
    void tellsWhatTheAuthorizationServerRefuses() throws Exception {
        String refresh = person.tokens("posthorn").getOrDefault("refresh_token", "");
        person.revoke("posthorn", refresh);
        Map<String, TokenSettings> refused = Map.of(
                "oauth-refresh-token-invalid", new TokenSettings.Refresh(client("posthorn", ""), Secret.of(refresh)),
                "oauth-client-unknown", new TokenSettings.Refresh(client("nobody", ""), Secret.of(refresh)),
                "oauth-client-secret-invalid",
                        new TokenSettings.ClientCredentials(client("service", "wrong"), Optional.empty()),
                "oauth-flow-not-allowed", new TokenSettings.DeviceCode(client("service", "w1tness-s3cret-9")),
                "oauth-scope-missing",
                        new TokenSettings.ClientCredentials(
                                client("service", "w1tness-s3cret-9").withScope("no-such-scope"), Optional.empty()));

        refused.forEach((cause, settings) -> {
            CheckResult result = run(endpoint(settings));
            assertThat(result.timeline().failure()).get().isInstanceOf(Failure.TokenRefused.class);
            assertThat(cause(result)).as(result.timeline().failure().toString()).isEqualTo(cause);
        });
    }

    @Test
    void tellsWhatTheMailServerRefuses() throws Exception {
        assertThat(run(endpoint(access(token("posthorn")))).outcome()).isEqualTo(CheckOutcome.READY);
        for (String client : new String[] {"elsewhere", "narrow"}) {
            CheckResult result = run(endpoint(access(token(client))));
            assertThat(result.timeline().failure()).get().isInstanceOf(Failure.LoginRejected.class);
            assertThat(cause(result)).startsWith("oauth-");
        }
    }

    @Test
    void refusesARevokedToken() throws Exception {
        String token = token("posthorn");
        person.revoke("posthorn", token);

        CheckResult result = run(endpoint(access(token)));
        assertThat(result.timeline().failure()).get().isInstanceOf(Failure.LoginRejected.class);
        assertThat(cause(result)).isEqualTo("oauth-token-expired");
    }

    @Test
    void refusesAnExpiredTokenAndSaysSince() throws Exception {
        String token = token("brief");
        Instant end = Instant.now().plusSeconds(2);
        while (Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        CheckResult result = run(endpoint(access(token)));
        TokenFacts facts = result.timeline()
                .latest(Facts.LoggedIn.class)
                .flatMap(Facts.LoggedIn::token)
                .orElseThrow();
        assertThat(facts.jwt()).isTrue();
        assertThat(facts.expires().orElseThrow()).isBefore(Instant.now());
        assertThat(cause(result)).isEqualTo("oauth-token-expired");
    }

    @Test
    void warnsOfATokenOfAnotherUser() throws Exception {
        Login login = Login.accessToken("bob", Secret.of(token("posthorn")));
        CheckResult result = run(endpoint(login));

        assertThat(result.timeline().failure()).get().isInstanceOf(Failure.LoginRejected.class);
        assertThat(cause(result)).isEqualTo("oauth-user-mismatch");
    }

    private String token(String client) throws IOException {
        return person.tokens(client).getOrDefault("access_token", "");
    }

    private static Login access(String token) {
        return Login.accessToken("alice", Secret.of(token));
    }
}
