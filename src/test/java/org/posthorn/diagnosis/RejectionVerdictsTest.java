package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

class RejectionVerdictsTest {

    private static Endpoint endpoint(Protocol protocol, String host) {
        return Endpoint.of(protocol, host)
                .withSecurity(TlsMode.IMPLICIT)
                .withLogin(Login.password("alice@example.org", Secret.of("secret")));
    }

    private static Failure.LoginRejected rejected(String text) {
        return new Failure.LoginRejected("PLAIN", true, text, Optional.empty());
    }

    private static Cause overTls(Endpoint endpoint, String greeting, Failure failure) {
        return Diagnosis.of(
                        endpoint,
                        Timelines.connected(endpoint.effectivePort())
                                .tls()
                                .greeted(greeting)
                                .failed(failure))
                .getFirst()
                .cause();
    }

    private static Cause inPlaintext(Endpoint endpoint, Timelines before, Failure failure) {
        return Diagnosis.of(endpoint.withSecurity(TlsMode.NONE), before.failed(failure))
                .getFirst()
                .cause();
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
        IMAP | a1 NO [AUTHENTICATIONFAILED] Authentication failed.                             | WRONG_CREDENTIALS
        POP3 | -ERR [AUTH] Authentication failed.                                              | WRONG_CREDENTIALS
        SMTP | 535 Incorrect authentication data                                               | WRONG_CREDENTIALS
        SMTP | 535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6                            | WRONG_CREDENTIALS
        IMAP | a1 NO LOGIN failed                                                              | WRONG_CREDENTIALS
        IMAP | a1 NO [UNAVAILABLE] Temporary authentication failure. [host:2026-01-01]         | SERVER_SIDE_FAILURE
        SMTP | 454 4.7.0 Temporary authentication failure: Connection lost to server          | SERVER_SIDE_FAILURE
        SMTP | 435 Unable to authenticate at present                                           | SERVER_SIDE_FAILURE
        POP3 | -ERR [SYS/TEMP] Try again later                                                 | SERVER_SIDE_FAILURE
        SMTP | 451 4.5.0 Something odd                                                         | SERVER_SIDE_FAILURE
        IMAP | a1 NO [CONTACTADMIN] Account_suspended                                          | SECURITY_POLICY_BLOCK
        SMTP | 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. | SECURITY_POLICY_BLOCK
        SMTP | 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.      | BASIC_AUTH_DISABLED
        SMTP | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | SMTP_AUTH_DISABLED
        IMAP | a1 NO [LIMIT] Maximum number of connections from user+IP exceeded               | TOO_MANY_CONNECTIONS
        IMAP | a1 NO [ALERT] Too many simultaneous connections. (Failure)                      | TOO_MANY_CONNECTIONS
        IMAP | a1 NO Authentication rate limit from one source exceeded                        | AUTH_RATE_LIMITED
        SMTP | 454 4.7.0 Too many login attempts, please try again later.                      | AUTH_RATE_LIMITED
        POP3 | -ERR [LOGIN-DELAY] Minimum time between logins not met                          | RATE_LIMITED
        POP3 | -ERR [IN-USE] Do you have another POP session running?                          | MAILBOX_IN_USE
        POP3 | -ERR Unable to lock maildrop: Mailbox is locked by POP server                   | MAILBOX_IN_USE
        POP3 | -ERR Account exceeded pop command or bandwidth limits                           | BANDWIDTH_QUOTA_EXCEEDED
        IMAP | a1 NO [WEBALERT https://example.org] Web login required.                        | WEB_LOGIN_REQUIRED
        IMAP | a1 NO [ALERT] Please log in via your web browser: https://example.org (Failure) | WEB_LOGIN_REQUIRED
        IMAP | a1 NO [ALERT] Application-specific password required: https://example.org       | APP_PASSWORD_REQUIRED
        SMTP | 534-5.7.9 Application-specific password required.                               | APP_PASSWORD_REQUIRED
        SMTP | 535 Login Fail. Please enter your authorization code to login.                  | APP_PASSWORD_REQUIRED
        IMAP | a1 NO [EXPIRED] Password expired                                                | PASSWORD_EXPIRED
        IMAP | a1 NO [ALERT] Your account is not enabled for IMAP use.                         | MAILBOX_PROTOCOL_DISABLED
        POP3 | -ERR POP3 access is disabled for this mailbox                                   | MAILBOX_PROTOCOL_DISABLED
        SMTP | 504 5.5.4 Unrecognized authentication type                                      | AUTH_MECHANISM_MISMATCH
        IMAP | a1 NO Unsupported authentication mechanism.                                     | AUTH_MECHANISM_MISMATCH
        SMTP | 535 5.7.8 Please use your full email address as the user name                   | USERNAME_FORMAT
        IMAP | a1 NO Clock skew too great                                                      | CLOCK_WRONG
        """)
    void wordsAndCodesDecideWhereTheySayWhy(Protocol protocol, String text, Cause cause) {
        assertThat(overTls(endpoint(protocol, "mail.example.org"), "", rejected(text)))
                .isEqualTo(cause);
    }

    @ParameterizedTest(name = "{0} → {3}")
    @CsvSource(delimiter = '|', textBlock = """
        imap.gmail.com        | IMAP | a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)  | APP_PASSWORD_REQUIRED
        smtp.mail.yahoo.com   | SMTP | 535 5.7.0 (#AUTH005) Too bad                                | APP_PASSWORD_REQUIRED
        outlook.office365.com | IMAP | a1 NO LOGIN failed.                                         | BASIC_AUTH_DISABLED
        outlook.office365.com | POP3 | -ERR Logon failure: unknown user name or bad password.      | BASIC_AUTH_DISABLED
        smtp.office365.com    | SMTP | 535 5.7.3 Authentication unsuccessful [XX.prod.outlook.com] | SMTP_AUTH_DISABLED
        smtp.office365.com    | SMTP | 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. | WRONG_CREDENTIALS
        pop.gmx.net           | POP3 | -ERR authentication failed                                  | MAILBOX_PROTOCOL_DISABLED
        smtp.zoho.com         | SMTP | 535 Authentication Failed                                   | WRONG_CREDENTIALS
        """)
    void theProviderDecidesWhereTheWordsDoNot(String host, Protocol protocol, String text, Cause cause) {
        assertThat(overTls(endpoint(protocol, host), "", rejected(text))).isEqualTo(cause);
    }

    @Test
    void aProviderIsKnownByItsGreetingToo() {
        assertThat(overTls(
                        endpoint(Protocol.IMAP, "mail.customer.example"),
                        "* OK Gimap ready for requests from 192.0.2.1",
                        rejected("a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)")))
                .isEqualTo(Cause.APP_PASSWORD_REQUIRED);
    }

    @Test
    void aShortNameIsRefusedByProvidersThatWantAnAddress() {
        Endpoint endpoint =
                endpoint(Protocol.IMAP, "imap.gmail.com").withLogin(Login.password("alice", Secret.of("secret")));
        assertThat(overTls(endpoint, "", rejected("a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)")))
                .isEqualTo(Cause.USERNAME_FORMAT);
    }

    @Test
    void aBlankAtTheEndOfARefusedPasswordIsSuspected() {
        Endpoint endpoint = endpoint(Protocol.IMAP, "mail.example.org")
                .withLogin(Login.password("alice@example.org", Secret.of("secret ")));
        assertThat(overTls(endpoint, "", rejected("a1 NO [AUTHENTICATIONFAILED] no")))
                .isEqualTo(Cause.PASSWORD_CHARACTERS);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        IMAP | a1 NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.
        SMTP | 530 5.7.0 Must issue a STARTTLS command first
        SMTP | 530 5.7.0 TLS required.
        SMTP | 538 5.7.11 Encryption required for requested authentication mechanism
        POP3 | -ERR Only allowed over a secure connection
        POP3 | -ERR [AUTH] Authentication not allowed until SSL/TLS is enabled.
        """)
    void plaintextRefusedAsksForTls(Protocol protocol, String text) {
        Endpoint endpoint = endpoint(protocol, "mail.example.org");
        assertThat(inPlaintext(endpoint, Timelines.connected(143).greeted("* OK"), rejected(text)))
                .isEqualTo(Cause.ENCRYPTION_REQUIRED);
    }

    @Test
    void authThatIsHiddenUntilTlsAsksForTls() {
        Timelines before = Timelines.connected(587)
                .greeted("220 mail.example.org ESMTP")
                .announced(Facts.Stage.BEFORE_TLS, "mail.example.org", "STARTTLS");
        assertThat(inPlaintext(
                        endpoint(Protocol.SMTP, "mail.example.org"),
                        before,
                        new Failure.LoginRejected(
                                "PLAIN", false, "503 AUTH command used when not advertised", Optional.empty())))
                .isEqualTo(Cause.ENCRYPTION_REQUIRED);
    }

    @Test
    void authThatIsUnknownIsNotOffered() {
        assertThat(overTls(
                        endpoint(Protocol.SMTP, "mail.example.org"),
                        "220 mail.example.org ESMTP",
                        new Failure.LoginRejected(
                                "PLAIN", false, "500 Error: command \"AUTH\" not recognized", Optional.empty())))
                .isEqualTo(Cause.AUTH_NOT_OFFERED);
    }

    @Test
    void anUnannouncedMechanismIsSuspectedBeforeThePassword() {
        assertThat(overTls(
                        endpoint(Protocol.SMTP, "mail.example.org"),
                        "220 mail.example.org ESMTP",
                        new Failure.LoginRejected(
                                "LOGIN", false, "535 5.7.3 Authentication unsuccessful", Optional.empty())))
                .isEqualTo(Cause.AUTH_MECHANISM_MISMATCH);
    }

    @Test
    void aRelayByAddressWantsNoLogin() {
        Endpoint endpoint = endpoint(Protocol.SMTP, "relay.example.org").withPort(25);
        Timelines before = Timelines.connected(25).greeted("220 relay.example.org Microsoft ESMTP MAIL Service ready");
        assertThat(inPlaintext(endpoint, before, rejected("535 5.7.3 Authentication unsuccessful")))
                .isEqualTo(Cause.AUTH_SHOULD_BE_OFF);
    }

    @Test
    void aStrangersGreetingInPlaceOfAProvidersIsAnInterception() {
        Endpoint endpoint = endpoint(Protocol.SMTP, "smtp.zoho.com").withPort(25);
        Timelines before = Timelines.connected(25).greeted("220-server.hoster.example ESMTP Exim 4.86 #2 Wed");
        assertThat(inPlaintext(endpoint, before, rejected("535 Incorrect authentication data")))
                .isEqualTo(Cause.CONNECTION_INTERCEPTED);
    }

    @Test
    void aProvenServerIsNoInterceptionWhateverItCallsItself() {
        assertThat(overTls(
                        endpoint(Protocol.SMTP, "smtp.zoho.com"),
                        "220 mx1.internal.example ESMTP",
                        rejected("535 Authentication Failed")))
                .isEqualTo(Cause.WRONG_CREDENTIALS);
    }
}
