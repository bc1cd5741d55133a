package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

/** The ten mistakes that are made most: each answer names the setting and what to do with it. */
class TenMistakesTest {
    private static final Endpoint IMAP = Endpoint.of(Protocol.IMAP, "mail.example.org")
            .withSecurity(TlsMode.IMPLICIT)
            .withLogin(Login.password("alice@example.org", Secret.of("canary")));

    private static Facts.Attempt attempt(String error) {
        return new Facts.Attempt("192.0.2.10", 993, Duration.ofMillis(4), Optional.of(error));
    }

    private static Finding first(Endpoint endpoint, Timelines before, Failure failure) {
        return Diagnosis.of(endpoint, before.failed(failure)).getFirst();
    }

    private static void check(Finding finding, Cause cause, Field field, String user, String remedy) {
        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.field()).contains(field);
        assertThat(finding.user()).isEqualTo(user);
        assertThat(finding.remedy()).contains(field.label()).isEqualTo(remedy);
        assertThat(finding.evidence()).isNotEmpty();
    }

    @Test
    void unknownHost() {
        check(
                first(IMAP, new Timelines(), new Failure.HostNotFound("mail.example.org")),
                Cause.DNS_NO_SUCH_HOST,
                Field.HOST,
                "There is no server with the name mail.example.org.",
                "Check the spelling of Host; the provider's help pages name the right server.");
    }

    @Test
    void connectionRefused() {
        check(
                first(IMAP, new Timelines(), new Failure.ConnectionRefused(List.of(attempt("refused")), 993)),
                Cause.CONNECTION_REFUSED,
                Field.PORT,
                "Nothing accepts connections at port 993 of mail.example.org.",
                "Check Port (usual for IMAP: 993 with Implicit TLS, 143 with STARTTLS) and Host; else ask whether the"
                        + " service runs.");
    }

    @Test
    void connectTimeout() {
        check(
                first(
                        IMAP,
                        new Timelines(),
                        new Failure.ConnectTimeout(List.of(attempt("no answer")), 993, Duration.ofSeconds(15))),
                Cause.CONNECT_TIMEOUT_FIREWALL,
                Field.PORT,
                "mail.example.org does not answer at port 993.",
                "Check Host and Port; if they are right, ask whoever runs the network whether a firewall blocks port"
                        + " 993.");
    }

    @Test
    void tlsOnPlainPort() {
        check(
                first(IMAP, Timelines.connected(143), new Failure.TlsNotSpoken("* OK ready.")),
                Cause.IMPLICIT_TLS_ON_STARTTLS_PORT,
                Field.SECURITY,
                "Port 143 of mail.example.org does not start with TLS, but Security is set to do so.",
                "Set Security to STARTTLS, or set Port to 993 and keep Implicit TLS.");
    }

    @Test
    void plainOnTlsPort() {
        check(
                first(
                        IMAP.withSecurity(TlsMode.STARTTLS),
                        Timelines.connected(993),
                        new Failure.GreetingTimeout(Duration.ofSeconds(10), 0, Facts.Probe.TLS_ANSWERED)),
                Cause.PLAINTEXT_ON_IMPLICIT_TLS_PORT,
                Field.SECURITY,
                "mail.example.org stays silent at port 993: it waits for TLS, and Security is set to STARTTLS.",
                "Set Security to Implicit TLS, or set Port to 143 and keep STARTTLS.");
    }

    @Test
    void expiredCertificate() {
        Instant end = Instant.parse("2026-10-01T00:00:00Z");
        Finding finding = first(
                IMAP,
                Timelines.connected(993),
                new Failure.CertificateRejected(
                        List.of(new CertificateProblem.Expired(0, "CN=mail.example.org", end))));
        assertThat(finding.cause()).isEqualTo(Cause.CERT_EXPIRED);
        assertThat(finding.user()).isEqualTo("The certificate of mail.example.org expired on 2026-10-01.");
        assertThat(finding.remedy()).contains("renew the certificate").contains(Field.FINGERPRINTS.label());
        assertThat(finding.actor()).isEqualTo(Actor.SERVER);
    }

    @Test
    void wrongHostName() {
        check(
                first(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.CertificateRejected(List.of(new CertificateProblem.NameMismatch(
                                "mail.example.org", List.of("imap.hoster.example"), "")))),
                Cause.CERT_NAME_MISMATCH,
                Field.HOST,
                "The certificate is for imap.hoster.example, not for mail.example.org.",
                "Set Host to the name that the provider gives, one of imap.hoster.example, or have the administrator"
                        + " add mail.example.org to the certificate.");
    }

    @Test
    void wrongPassword() {
        check(
                first(
                        IMAP,
                        Timelines.connected(993).tls().greeted("* OK ready."),
                        new Failure.LoginRejected(
                                "PLAIN",
                                true,
                                "a2 NO [AUTHENTICATIONFAILED] Authentication failed.",
                                Optional.of("AUTHENTICATIONFAILED"))),
                Cause.WRONG_CREDENTIALS,
                Field.PASSWORD,
                "mail.example.org does not accept the user name “alice@example.org” with this password.",
                "Type Password again and check User name; if both work in webmail, ask whether mail programs need"
                        + " another password.");
    }

    @Test
    void mechanismNotOffered() {
        check(
                first(
                        IMAP,
                        Timelines.connected(993).tls().greeted("* OK ready."),
                        new Failure.MechanismNotOffered(List.of("PLAIN"), List.of("CRAM-MD5"))),
                Cause.AUTH_MECHANISM_MISMATCH,
                Field.MECHANISM,
                "mail.example.org offers none of the ways to sign in that these settings allow.",
                "Choose in Mechanism one that the server offers (CRAM-MD5), or leave the choice to Posthorn.");
    }

    @Test
    void greetingNeverComes() {
        check(
                first(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.GreetingTimeout(Duration.ofSeconds(10), 0, Facts.Probe.SILENT)),
                Cause.GREETING_TIMEOUT,
                Field.GREETING_TIMEOUT,
                "mail.example.org accepted the connection but did not greet within 10 s.",
                "Raise Greeting timeout if the server is known to be slow; else check Port, or ask the administrator"
                        + " whether the service hangs.");
    }

    @Test
    void greetingNeverComesBecauseNothingAnswersTheHandshake() {
        check(
                first(IMAP, Timelines.connected(993), new Failure.HandshakeTimeout(Duration.ofSeconds(60), false)),
                Cause.GREETING_TIMEOUT,
                Field.PORT,
                "mail.example.org accepted the connection at port 993 and then stayed silent for 1 min.",
                "Check Port and Host; if they are right, ask the administrator whether the service hangs, and raise"
                        + " Operation timeout if it is known to be slow.");
    }

    @Test
    void noSentenceShowsThePassword() {
        Finding finding = first(
                IMAP,
                Timelines.connected(993).tls(),
                new Failure.LoginRejected("PLAIN", true, "a2 NO no", Optional.empty()));
        assertThat(finding.toString()).doesNotContain("canary");
    }
}
