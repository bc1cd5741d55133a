package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;

class TokenProviderVerdictsTest {
    private static Finding finding(Failure failure, TokenSettings settings) {
        Endpoint endpoint =
                Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.tokenProvider("alice", settings));
        Timeline timeline = new Timeline(1, ConnectionState.BROKEN, List.of(), Optional.of(failure));
        return Diagnosis.of(endpoint, timeline).getFirst();
    }

    private static Finding refused(TokenFlow flow, String secret, String error, String description) {
        OauthClient client = OauthClient.none().withSecret(Secret.of(secret));
        Failure failure = new Failure.TokenRefused(
                "https://login.test/token",
                OptionalInt.of(400),
                error,
                Optional.of(description).filter(words -> !words.isEmpty()),
                Optional.empty());
        return finding(failure, TokenSettings.of(flow, client));
    }

    @ParameterizedTest
    @CsvSource({
        "REFRESH, '', invalid_grant, Token has been revoked., oauth-refresh-token-invalid",
        "REFRESH, '', invalid_grant, AADSTS50076: Due to a change, oauth-mfa-required",
        "REFRESH, '', invalid_grant, AADSTS53003: Access has been blocked, security-policy-block",
        "REFRESH, '', invalid_grant, AADSTS65001: The user has not consented, oauth-consent-missing",
        "REFRESH, '', invalid_client, The OAuth client was not found., oauth-client-unknown",
        "REFRESH, '', invalid_client, '', oauth-client-unknown",
        "REFRESH, s, invalid_client, '', oauth-client-secret-invalid",
        "REFRESH, '', invalid_client, AADSTS7000218: body must contain client_secret, oauth-flow-not-allowed",
        "CLIENT_CREDENTIALS, s, invalid_client, AADSTS7000215: Invalid client secret provided,"
                + " oauth-client-secret-invalid",
        "CLIENT_CREDENTIALS, s, unauthorized_client, Invalid client or Invalid client credentials,"
                + " oauth-client-secret-invalid",
        "CLIENT_CREDENTIALS, s, unauthorized_client, AADSTS700016: Application was not found, oauth-client-unknown",
        "DEVICE_CODE, '', unauthorized_client, Client is not allowed to initiate, oauth-flow-not-allowed",
        "DEVICE_CODE, '', expired_token, '', web-login-required",
        "DEVICE_CODE, '', access_denied, '', oauth-consent-missing",
        "AUTHORIZATION_CODE, '', redirect_uri_mismatch, '', oauth-redirect-mismatch",
        "AUTHORIZATION_CODE, '', invalid_request, Invalid parameter: redirect_uri, oauth-redirect-mismatch",
        "AUTHORIZATION_CODE, '', access_denied, has not completed the Google verification process,"
                + " oauth-app-in-testing",
        "AUTHORIZATION_CODE, '', invalid_scope, '', oauth-scope-missing",
        "AUTHORIZATION_CODE, '', server_error, '', server-side-failure",
        "AUTHORIZATION_CODE, '', something_new, '', oauth-request-malformed"
    })
    void readsTheAuthorizationServersError(
            TokenFlow flow, String secret, String error, String description, String cause) {
        Finding finding = refused(flow, secret, error, description);

        assertThat(finding.cause().code()).isEqualTo(cause);
        assertThat(finding.evidence())
                .extracting(Evidence::text)
                .anyMatch(text -> text.startsWith("The authorization server said: " + error));
        assertThat(finding.remedy()).doesNotContain("{");
    }

    static Stream<Failure> reasons() {
        return Stream.of(
                new Failure.HostNotFound("login.test"),
                new Failure.NameServiceFailed("login.test", "x"),
                new Failure.ConnectionRefused(List.of(), 443),
                new Failure.ConnectTimeout(List.of(), 443, Duration.ofSeconds(1)),
                new Failure.CertificateRejected(List.of()),
                new Failure.ProxyMismatch("HTTP", "x"),
                new Failure.ProtocolViolation(Phase.LOGIN, "x", "y"),
                new Failure.TimedOut(Phase.LOGIN, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void namesTheAuthorizationServerAndNotTheMailServerWhereThatWasNotReached(Failure reason) {
        Failure failure = new Failure.TokenEndpointFailed(
                "https://login.test/token", "no answer came", Optional.of(reason), Optional.empty());
        Finding finding = finding(failure, TokenSettings.of(TokenFlow.REFRESH, OauthClient.none()));

        assertThat(finding.user()).contains("https://login.test/token").doesNotContain("mail.example.org", "{");
    }

    @Test
    void blamesTheProxyThatWasDialledForThem() {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.example.org")
                .withLogin(Login.tokenProvider("alice", TokenSettings.of(TokenFlow.REFRESH, OauthClient.none())))
                .withProxy(Optional.of(ProxySettings.of(ProxyKind.SOCKS5, "proxy.test")));
        Failure refused = new Failure.TokenEndpointFailed(
                "https://login.test/token",
                "no answer came",
                Optional.of(new Failure.ConnectionRefused(List.of(), 1080)),
                Optional.empty());
        Timeline timeline = new Timeline(1, ConnectionState.BROKEN, List.of(), Optional.of(refused));

        Finding finding = Diagnosis.of(endpoint, timeline).getFirst();

        assertThat(finding.user()).contains("The proxy proxy.test", "cannot be reached");
        assertThat(finding.remedy()).doesNotContain("set Proxy");
    }

    @ParameterizedTest
    @CsvSource({"429, rate-limited", "503, server-side-failure", "404, protocol-violation"})
    void judgesAnAnswerThatIsNoneOfOauthByItsStatus(int status, String cause) {
        Finding finding = finding(
                new Failure.TokenEndpointFailed(
                        "https://login.test/token",
                        "it answered with the HTTP status " + status,
                        Optional.empty(),
                        Optional.of(new Failure.HttpAnswer(status, Optional.of("slow down")))),
                TokenSettings.of(TokenFlow.REFRESH, OauthClient.none()));

        assertThat(finding.cause().code()).isEqualTo(cause);
        assertThat(finding.user() + finding.admin() + finding.remedy()).doesNotContain("{");
    }

    @ParameterizedTest
    @EnumSource(Failure.SignInEnd.class)
    void hasWordsForEachWayASignInEnds(Failure.SignInEnd end) {
        Finding finding = finding(
                new Failure.SignInUnfinished(end, "because"),
                TokenSettings.of(TokenFlow.AUTHORIZATION_CODE, OauthClient.none()));

        assertThat(finding.remedy()).isNotBlank().doesNotContain("{");
    }

    @Test
    void namesTheCommandThatFailed() {
        Finding finding = finding(
                new Failure.TokenCommandFailed("gettoken", "it ended with the exit code 3"),
                new TokenSettings.Command(List.of("gettoken")));

        assertThat(finding.user()).contains("gettoken");
        assertThat(finding.evidence())
                .extracting(Evidence::text)
                .contains("Posthorn met: it ended with the exit code 3");
    }

    @Test
    void repeatsWhatIsWrongWithTheSettings() {
        Finding finding = finding(
                new Failure.TokenSettingsUnusable("The issuer names no token endpoint."),
                TokenSettings.of(TokenFlow.REFRESH, OauthClient.none()));

        assertThat(finding.user()).isEqualTo("The issuer names no token endpoint.");
    }
}
