package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TokenSettings;
import org.posthorn.timeline.Failure;

class TokenVerdictsTest {
    private static Finding finding(String host, Failure failure) {
        return finding(host, Login.accessToken("alice@example.org", Secret.of("ya29.token")), failure);
    }

    private static Finding finding(String host, Login login, Failure failure) {
        Endpoint endpoint =
                Endpoint.of(Protocol.IMAP, host).withSecurity(TlsMode.IMPLICIT).withLogin(login);
        return Diagnosis.of(
                        endpoint,
                        Timelines.connected(993).tls().greeted("* OK hi").failed(failure))
                .getFirst();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        a1 NO [AUTHENTICATIONFAILED] no | {"status":"insufficient_scope","scope":"imap"} | oauth-scope-missing
        a1 NO [AUTHENTICATIONFAILED] no | {"status":"invalid_token"} | oauth-token-expired
        a1 NO [AUTHENTICATIONFAILED] no | {"status":"401","schemes":"bearer","scope":"mail"} | oauth-token-expired
        a1 NO [AUTHENTICATIONFAILED] no | {"status":"invalid_request"} | oauth-request-malformed
        a1 NO [AUTHENTICATIONFAILED] no | {"status":"400","schemes":"Bearer","scope":"x"} | oauth-scope-missing
        a1 NO [AUTHENTICATIONFAILED] no | not JSON at all | oauth-token-expired
        """)
    void theReasonDecides(String text, String reason, String cause) {
        Finding finding = finding(
                "mail.example.org",
                new Failure.LoginRejected("XOAUTH2", true, text, Optional.empty(), Optional.of(reason)));

        assertThat(finding.cause().code()).isEqualTo(cause);
        assertThat(finding.field()).contains(Field.ACCESS_TOKEN);
        assertThat(finding.evidence()).anySatisfy(e -> assertThat(e.text()).contains(reason));
    }

    /** Who never pasted a token is not told to paste another. */
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        mail.example.org | {"status":"insufficient_scope","scope":"imap"} | SCOPE
        mail.example.org | {"status":"invalid_token"} | TOKEN_FLOW
        mail.example.org | {"status":"invalid_request"} | TOKEN_FLOW
        mail.example.org | {"status":"400","schemes":"Bearer","scope":"x"} | SCOPE
        mail.example.org | not JSON at all | TOKEN_FLOW
        outlook.office365.com | | SCOPE
        mail.example.org | | TOKEN_FLOW
        """)
    void theRemedyIsASettingOfTheProviderThatGaveTheToken(String host, @Nullable String reason, Field field) {
        Finding finding = finding(
                host,
                Login.tokenProvider("alice@example.org", new TokenSettings.DeviceCode(OauthClient.none())),
                new Failure.LoginRejected(
                        "XOAUTH2", true, "a1 NO refused", Optional.empty(), Optional.ofNullable(reason)));

        assertThat(finding.field()).contains(field);
        assertThat(finding.remedy()).contains(field.label()).doesNotContain(Field.ACCESS_TOKEN.label());
    }

    @Test
    void anExpiredTokenOfAProviderIsRenewedNotPasted() {
        Finding finding = finding(
                "outlook.office365.com",
                Login.tokenProvider("alice@example.org", new TokenSettings.DeviceCode(OauthClient.none())),
                new Failure.LoginRejected(
                        "XOAUTH2", true, "a1 NO Session invalidated - AccessTokenExpired", Optional.empty()));

        assertThat(finding.cause()).isEqualTo(Cause.OAUTH_TOKEN_EXPIRED);
        assertThat(finding.remedy()).contains("Connect again with a new token").doesNotContain("Access token");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        outlook.office365.com | a1 NO AUTHENTICATE failed. | oauth-wrong-audience
        mail.example.org | a1 NO [AUTHENTICATIONFAILED] no | oauth-token-expired
        outlook.office365.com | a1 NO User is authenticated but not connected. | oauth-mailbox-permission
        outlook.office365.com | a1 NO Session invalidated - AccessTokenExpired | oauth-token-expired
        mail.example.org | a1 NO [UNAVAILABLE] Temporary failure | server-side-failure
        """)
    void withoutAReasonTheWordsAndTheProviderDo(String host, String text, String cause) {
        Finding finding = finding(host, new Failure.LoginRejected("XOAUTH2", true, text, Optional.empty()));

        assertThat(finding.cause().code()).isEqualTo(cause);
    }

    @Test
    void theScopeThatTheServerNamesStandsInTheRemedy() {
        Finding finding = finding(
                "imap.gmail.com",
                new Failure.LoginRejected(
                        "XOAUTH2",
                        true,
                        "a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
                        Optional.of("AUTHENTICATIONFAILED"),
                        Optional.of("{\"status\":\"400\",\"scope\":\"https://mail.google.com/\"}")));

        assertThat(finding.remedy()).contains("https://mail.google.com/");
    }
}
