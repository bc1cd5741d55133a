package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;

class DiagnosisTest {
    private static final Endpoint IMAP = Endpoint.of(Protocol.IMAP, "mail.example.org")
            .withSecurity(TlsMode.IMPLICIT)
            .withLogin(Login.password("alice@example.org", Secret.of("secret")));
    private static final Endpoint SMTP = IMAP.withProtocol(Protocol.SMTP);
    private static final Instant PAST = Timelines.NOON.minus(Duration.ofDays(9));
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Facts.Attempt attempt(String address) {
        return new Facts.Attempt(address, 25, Duration.ofMillis(4), Optional.of("no answer"));
    }

    private static Arguments row(Endpoint endpoint, Timelines before, Failure failure, Cause cause) {
        return Arguments.of(endpoint, before, failure, cause);
    }

    private static Arguments certificate(CertificateProblem problem, Cause cause) {
        return row(IMAP, Timelines.connected(993), new Failure.CertificateRejected(List.of(problem)), cause);
    }

    private static Arguments alert(Set<TlsVersion> offered, String alert, Cause cause) {
        return row(
                IMAP.withTls(IMAP.tls().withVersions(offered)),
                Timelines.connected(993),
                new Failure.HandshakeFailed("Received fatal alert", Optional.of(alert)),
                cause);
    }

    static Stream<Arguments> failures() {
        List<Facts.Attempt> four = List.of(attempt("192.0.2.10"));
        List<Facts.Attempt> six = List.of(attempt("2001:db8::10"));
        return Stream.of(
                row(IMAP, new Timelines(), new Failure.HostNotFound("intranet"), Cause.DNS_NO_SUCH_HOST),
                row(IMAP, new Timelines(), new Failure.NameServiceFailed("x", "SERVFAIL"), Cause.DNS_TEMPORARY),
                row(IMAP, new Timelines(), new Failure.TimedOut(Phase.RESOLVE, LIMIT), Cause.DNS_TEMPORARY),
                row(IMAP, new Timelines(), new Failure.NoAddressOfFamily("x", "IPv6"), Cause.IPV6_UNREACHABLE),
                row(IMAP, new Timelines(), new Failure.NoAddressOfFamily("x", "IPv4"), Cause.DNS_NO_SUCH_HOST),
                row(
                        IMAP,
                        new Timelines(),
                        new Failure.ConnectTimeout(four, 993, LIMIT),
                        Cause.CONNECT_TIMEOUT_FIREWALL),
                row(IMAP, new Timelines(), new Failure.ConnectTimeout(six, 993, LIMIT), Cause.IPV6_UNREACHABLE),
                row(
                        SMTP.withPort(25),
                        new Timelines(),
                        new Failure.ConnectTimeout(four, 25, LIMIT),
                        Cause.PORT25_BLOCKED),
                row(IMAP, new Timelines(), new Failure.NetworkUnreachable(six, 993), Cause.IPV6_UNREACHABLE),
                row(IMAP, new Timelines(), new Failure.NetworkUnreachable(four, 993), Cause.CONNECT_TIMEOUT_FIREWALL),
                row(IMAP, new Timelines(), new Failure.BindFailed("192.0.2.1", "no"), Cause.SETTINGS_UNUSABLE),
                row(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.TlsNotSpoken("HTTP/1.1 400 Bad Request"),
                        Cause.PROTOCOL_VIOLATION),
                row(SMTP, Timelines.connected(143), new Failure.TlsNotSpoken("* OK hello"), Cause.WRONG_SERVER),
                row(
                        SMTP,
                        Timelines.connected(2525),
                        new Failure.TlsNotSpoken("220 hello"),
                        Cause.IMPLICIT_TLS_ON_STARTTLS_PORT),
                row(
                        IMAP,
                        Timelines.connected(143).starttls(),
                        new Failure.TlsNotSpoken("a2 BAD"),
                        Cause.STARTTLS_SERVER_BROKEN),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.HandshakeFailed("terminated", Optional.empty()),
                        Cause.IMPLICIT_TLS_ON_STARTTLS_PORT),
                row(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.HandshakeFailed("terminated", Optional.empty()),
                        Cause.TLS_SERVER_TOO_WEAK),
                row(
                        IMAP,
                        Timelines.connected(143).starttls(),
                        new Failure.HandshakeFailed("terminated", Optional.empty()),
                        Cause.STARTTLS_SERVER_BROKEN),
                alert(Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), "protocol_version", Cause.TLS_SERVER_TOO_WEAK),
                alert(Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), "handshake_failure", Cause.TLS_SERVER_TOO_WEAK),
                alert(Set.of(TlsVersion.TLS_1_3), "protocol_version", Cause.TLS_SERVER_TOO_WEAK),
                alert(Set.of(TlsVersion.TLS_1_2), "protocol_version", Cause.TLS_CLIENT_TOO_OLD),
                alert(Set.of(TlsVersion.TLS_1_2), "handshake_failure", Cause.TLS_CLIENT_TOO_OLD),
                row(
                        IMAP.withTls(IMAP.tls().withVersions(Set.of(TlsVersion.TLS_1_3))),
                        Timelines.connected(143).starttls(),
                        new Failure.HandshakeFailed("terminated", Optional.empty()),
                        Cause.TLS_SERVER_TOO_WEAK),
                alert(
                        Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                        "insufficient_security",
                        Cause.TLS_CLIENT_TOO_OLD),
                alert(Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), "unrecognized_name", Cause.TLS_SNI_UNRECOGNIZED),
                alert(
                        Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                        "certificate_required",
                        Cause.CLIENT_CERTIFICATE_REQUIRED),
                certificate(new CertificateProblem.Expired(0, "CN=a", PAST), Cause.CERT_EXPIRED),
                certificate(new CertificateProblem.Expired(1, "CN=a", PAST), Cause.CERT_EXPIRED),
                certificate(new CertificateProblem.NotYetValid(0, "CN=a", PAST), Cause.CERT_NOT_YET_VALID),
                certificate(new CertificateProblem.NameMismatch("b", List.of(), "a"), Cause.CERT_NAME_MISMATCH),
                certificate(new CertificateProblem.SelfSigned("CN=a"), Cause.CERT_UNTRUSTED),
                certificate(new CertificateProblem.UnknownIssuer("CN=A Company"), Cause.CERT_UNTRUSTED),
                certificate(
                        new CertificateProblem.UnknownIssuer("CN=Avast Web/Mail Shield Root"), Cause.TLS_INTERCEPTION),
                certificate(new CertificateProblem.MissingIntermediate("CN=a"), Cause.CERT_CHAIN_INCOMPLETE),
                certificate(new CertificateProblem.WrongUsage(0, "CN=a", "clientAuth"), Cause.CERT_WRONG_USAGE),
                certificate(new CertificateProblem.TooWeak(0, "CN=a", "RSA 512"), Cause.CERT_TOO_WEAK),
                certificate(new CertificateProblem.InvalidPath("pathLen"), Cause.CERT_UNTRUSTED),
                certificate(new CertificateProblem.Revoked(0, "CN=a", "key compromise"), Cause.CERT_REVOKED),
                certificate(new CertificateProblem.Revoked(1, "CN=b", "key compromise"), Cause.CERT_REVOKED),
                certificate(
                        new CertificateProblem.RevocationUnknown(0, "CN=a", "it stayed silent"),
                        Cause.CERT_STATUS_UNKNOWN),
                row(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.TlsSettingsUnusable(
                                new Problem(Field.TRUST, Problem.Severity.ERROR, "The file holds no certificate.")),
                        Cause.SETTINGS_UNUSABLE),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.GreetingTimeout(LIMIT, 0, Facts.Probe.PLAINTEXT_ANSWERED),
                        Cause.GREETING_TIMEOUT),
                row(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.GreetingTimeout(LIMIT, 0, Facts.Probe.NOT_POSSIBLE),
                        Cause.PLAINTEXT_ON_IMPLICIT_TLS_PORT),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.GreetingTimeout(LIMIT, 12, Facts.Probe.SILENT),
                        Cause.GREETING_TIMEOUT),
                row(
                        SMTP,
                        Timelines.connected(25),
                        new Failure.GreetingRefused("421 Too many concurrent SMTP connections; try later."),
                        Cause.TOO_MANY_CONNECTIONS),
                row(
                        SMTP,
                        Timelines.connected(25),
                        new Failure.GreetingRefused("554 5.7.1 Your host is on our block list"),
                        Cause.CLIENT_IP_BANNED),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.GreetingRefused("* BYE Autologout"),
                        Cause.SERVER_UNAVAILABLE),
                row(
                        SMTP,
                        Timelines.connected(143),
                        new Failure.WrongProtocol("IMAP", "* OK hello"),
                        Cause.WRONG_SERVER),
                row(SMTP, Timelines.connected(22), new Failure.WrongProtocol("SSH", "SSH-2.0-x"), Cause.WRONG_SERVER),
                row(
                        SMTP,
                        Timelines.connected(80),
                        new Failure.WrongProtocol("HTTP", "HTTP/1.1 400"),
                        Cause.PROTOCOL_VIOLATION),
                row(
                        SMTP,
                        Timelines.connected(587).announced(Facts.Stage.BEFORE_TLS, "AUTH PLAIN"),
                        new Failure.StarttlsNotOffered(List.of("AUTH PLAIN")),
                        Cause.STARTTLS_NOT_OFFERED),
                row(
                        SMTP.withHost("127.0.0.1"),
                        Timelines.connected(1025),
                        new Failure.StarttlsNotOffered(List.of()),
                        Cause.STARTTLS_NOT_OFFERED),
                row(
                        SMTP,
                        Timelines.connected(587).announced(Facts.Stage.BEFORE_TLS, "STARTTLS"),
                        new Failure.StarttlsRefused("454 4.7.0 TLS not available due to local problem"),
                        Cause.STARTTLS_SERVER_BROKEN),
                row(
                        SMTP,
                        Timelines.connected(587),
                        new Failure.StarttlsRefused("502 TLS not available"),
                        Cause.STARTTLS_NOT_OFFERED),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.StarttlsInjection("a3 OK injected"),
                        Cause.STARTTLS_INJECTION),
                row(
                        IMAP.withSecurity(TlsMode.AUTO),
                        Timelines.connected(143),
                        new Failure.PlaintextNotAllowed(),
                        Cause.STARTTLS_NOT_OFFERED),
                row(
                        IMAP,
                        Timelines.connected(143).greeted("* PREAUTH hello"),
                        new Failure.PreauthBeforeTls("* PREAUTH hello"),
                        Cause.STARTTLS_NOT_OFFERED),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.LoginDisabled(List.of("LOGINDISABLED")),
                        Cause.ENCRYPTION_REQUIRED),
                row(
                        SMTP,
                        Timelines.connected(587).announced(Facts.Stage.BEFORE_TLS, "STARTTLS"),
                        new Failure.AuthenticationNotOffered(List.of("STARTTLS")),
                        Cause.ENCRYPTION_REQUIRED),
                row(
                        SMTP,
                        Timelines.connected(25),
                        new Failure.AuthenticationNotOffered(List.of()),
                        Cause.AUTH_NOT_OFFERED),
                row(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.MechanismNotOffered(List.of("PLAIN"), List.of("XOAUTH2", "OAUTHBEARER")),
                        Cause.BASIC_AUTH_DISABLED),
                row(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.MechanismUnusable("FOO", "Posthorn does not know it."),
                        Cause.AUTH_MECHANISM_MISMATCH),
                row(IMAP, Timelines.connected(993), new Failure.HandshakeTimeout(LIMIT, true), Cause.CONNECTION_LOST),
                row(IMAP, Timelines.connected(993), new Failure.HandshakeTimeout(LIMIT, false), Cause.GREETING_TIMEOUT),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.ClosedOnArrival("the server closed the connection"),
                        Cause.CONNECTION_LOST),
                row(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.ConnectionLost(Phase.LOGIN, "reset"),
                        Cause.CONNECTION_LOST),
                row(
                        IMAP,
                        Timelines.connected(143),
                        new Failure.ConnectionLost(Phase.GREETING, "closed"),
                        Cause.CONNECTION_LOST),
                row(
                        SMTP,
                        Timelines.connected(465),
                        new Failure.ConnectionLost(Phase.GREETING, "closed"),
                        Cause.PLAINTEXT_ON_IMPLICIT_TLS_PORT),
                row(
                        SMTP,
                        Timelines.connected(587),
                        new Failure.ConnectionLost(Phase.TLS, "reset"),
                        Cause.IMPLICIT_TLS_ON_STARTTLS_PORT),
                row(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.ServerEnded(Phase.CAPABILITIES, "* BYE Disconnected for inactivity."),
                        Cause.IDLE_TIMEOUT),
                row(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.ServerEnded(Phase.LOGIN, "* BYE Server shutting down."),
                        Cause.SERVER_UNAVAILABLE),
                row(
                        SMTP,
                        Timelines.connected(587),
                        new Failure.CommandRejected(Phase.CAPABILITIES, "EHLO", "501 5.5.4 Invalid domain name"),
                        Cause.HELO_REJECTED),
                row(
                        SMTP,
                        Timelines.connected(587),
                        new Failure.CommandRejected(
                                Phase.CAPABILITIES, "EHLO", "421 Too many concurrent SMTP connections"),
                        Cause.TOO_MANY_CONNECTIONS),
                row(
                        IMAP,
                        Timelines.connected(993).tls(),
                        new Failure.CommandRejected(Phase.CAPABILITIES, "CAPABILITY", "a1 BAD Unknown command"),
                        Cause.CLIENT_COMMAND_REJECTED),
                row(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.ProtocolViolation(Phase.GREETING, "not a greeting", "garbage"),
                        Cause.PROTOCOL_VIOLATION),
                row(
                        IMAP,
                        Timelines.connected(993),
                        new Failure.TooMuchReceived(Phase.GREETING, "line", 65536),
                        Cause.PROTOCOL_VIOLATION));
    }

    @ParameterizedTest(name = "{2} → {3}")
    @MethodSource("failures")
    void everyFailureHasACauseSentencesAndSomebodyWhoCanAct(
            Endpoint endpoint, Timelines before, Failure failure, Cause cause) {
        Finding finding = Diagnosis.of(endpoint, before.failed(failure)).getFirst();
        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.confidence()).isBetween(0.1, 1.0);
        assertThat(List.of(finding.user(), finding.admin(), finding.remedy()))
                .allSatisfy(sentence -> assertThat(sentence).isNotBlank().doesNotContain("{", "}", "  "));
        finding.field().ifPresent(field -> assertThat(finding.remedy()).contains(field.label()));
    }

    @Test
    void aFailureQuotesTheServer() {
        Failure failure = new Failure.GreetingRefused("* BYE no");
        assertThat(Diagnosis.of(IMAP, Timelines.connected(993).failed(failure))
                        .getFirst()
                        .evidence())
                .contains(new Evidence(Phase.GREETING, "The server said: * BYE no"));
    }

    @Test
    void anIssuerThatIsNotTrustedComesBeforeTheNameOnTheCertificate() {
        Failure failure = new Failure.CertificateRejected(List.of(
                new CertificateProblem.NameMismatch("b", List.of("a"), "a"),
                new CertificateProblem.SelfSigned("CN=a")));
        assertThat(Diagnosis.of(IMAP, Timelines.connected(993).failed(failure)))
                .extracting(Finding::cause)
                .containsExactly(Cause.CERT_UNTRUSTED, Cause.CERT_NAME_MISMATCH);
    }

    @Test
    void ofTwoAttemptsTheOneThatCountsIsTheOneThatIsExplained() {
        Failure first = new Failure.ConnectionRefused(List.of(attempt("192.0.2.10")), 993);
        Timeline both = new Timelines()
                .nextAttempt(first)
                .failed(new Failure.ConnectionRefused(List.of(attempt("192.0.2.10")), 143));
        Timeline told = new Timeline(1, both.state(), both.records(), Optional.of(first));
        assertThat(Diagnosis.of(IMAP.withSecurity(TlsMode.ANY_TLS), told)
                        .getFirst()
                        .user())
                .contains("port 993");
    }

    @Test
    void aCancelledCheckHasNothingToExplain() {
        assertThat(Diagnosis.of(IMAP, Timelines.connected(993).failed(new Failure.Cancelled(Phase.TLS))))
                .isEmpty();
    }

    @Test
    void allWellSaysNothing() {
        assertThat(Diagnosis.of(
                        IMAP,
                        Timelines.connected(993)
                                .tls()
                                .loggedIn("PLAIN", "PLAIN")
                                .ready()))
                .isEmpty();
    }

    @Test
    void aPasswordInPlaintextIsAWarning() {
        List<Finding> findings = Diagnosis.of(
                IMAP.withSecurity(TlsMode.NONE),
                Timelines.connected(143).loggedIn("IMAP-LOGIN").ready());
        assertThat(findings).extracting(Finding::cause).containsExactly(Cause.CLEARTEXT_LOGIN);
        assertThat(findings.getFirst().severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.getFirst().field()).contains(Field.SECURITY);
    }

    @Test
    void aMechanismThatWorksUnannouncedIsAWarning() {
        Endpoint forced =
                IMAP.withLogin(new Login.Password("alice@example.org", Secret.of("secret"), SaslSettings.of("LOGIN")));
        assertThat(Diagnosis.of(
                        forced,
                        Timelines.connected(993)
                                .tls()
                                .loggedIn("LOGIN", "PLAIN")
                                .ready()))
                .extracting(Finding::cause)
                .containsExactly(Cause.AUTH_MECHANISM_MISMATCH);
    }

    @Test
    void aCertificateThatEndsWithinAFortnightIsAWarning() {
        Instant soon = Timelines.NOON.plus(Duration.ofDays(5));
        List<Finding> findings = Diagnosis.of(
                IMAP,
                Timelines.connected(993)
                        .tls(Timelines.certificate(soon, "RSA 2048", "SHA256withRSA"), List.of(), false)
                        .ready());
        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(findings.getFirst().user()).contains("in 5 days");
    }

    @Test
    void aPinnedCertificateSaysWhatThePinMakesUpFor() {
        List<CertificateProblem> problems = List.of(
                new CertificateProblem.SelfSigned("CN=a"),
                new CertificateProblem.Expired(0, "CN=a", PAST),
                new CertificateProblem.NotYetValid(0, "CN=a", PAST),
                new CertificateProblem.NameMismatch("b", List.of("a"), "a"),
                new CertificateProblem.WrongUsage(0, "CN=a", "usage"),
                new CertificateProblem.TooWeak(0, "CN=a", "RSA 512"),
                new CertificateProblem.MissingIntermediate("CN=a"),
                new CertificateProblem.UnknownIssuer("CN=Avast Mail Shield"),
                new CertificateProblem.Revoked(0, "CN=a", "key compromise"),
                new CertificateProblem.RevocationUnknown(0, "CN=a", "it stayed silent"),
                new CertificateProblem.InvalidPath("pathLen"));
        for (CertificateProblem problem : problems) {
            Timelines pinned = Timelines.connected(993)
                    .tls(
                            Timelines.certificate(
                                    Timelines.NOON.plus(Duration.ofDays(90)), "RSA 2048", "SHA256withRSA"),
                            List.of(problem),
                            true);
            assertThat(Diagnosis.of(IMAP, pinned.ready()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity())
                            .isEqualTo(
                                    problem instanceof CertificateProblem.Revoked ? Severity.WARNING : Severity.INFO))
                    .satisfies(finding -> assertThat(finding.remedy()).contains("Trusted fingerprints"));
        }
    }

    @Test
    void anOutdatedSignatureIsAWarning() {
        assertThat(Diagnosis.of(
                        IMAP,
                        Timelines.connected(993)
                                .tls(
                                        Timelines.certificate(
                                                Timelines.NOON.plus(Duration.ofDays(90)), "RSA 1024", "SHA1withRSA"),
                                        List.of(),
                                        false)
                                .ready()))
                .extracting(Finding::cause)
                .containsExactly(Cause.CERT_TOO_WEAK);
    }

    @Test
    void ipv6ThatFellBackToIpv4IsTold() {
        Facts connected = new Facts.Connected(
                List.of(
                        attempt("2001:db8::1"),
                        new Facts.Attempt("192.0.2.1", 993, Duration.ofMillis(1), Optional.empty())),
                993,
                Optional.of("192.0.2.1"),
                Optional.empty());
        assertThat(Diagnosis.of(
                        IMAP, new Timelines().ok(Phase.CONNECT, connected).tls().ready()))
                .extracting(Finding::cause)
                .containsExactly(Cause.IPV6_UNREACHABLE);
    }

    /** Of addresses that are tried together, one was faster; that says nothing of the other. */
    @Test
    void ipv6ThatWasGivenUpIsNoFinding() {
        Facts connected = new Facts.Connected(
                List.of(
                        Facts.Attempt.givenUp("2001:db8::1", 993, Duration.ofMillis(1)),
                        new Facts.Attempt("192.0.2.1", 993, Duration.ofMillis(1), Optional.empty())),
                993,
                Optional.of("192.0.2.1"),
                Optional.empty());

        assertThat(Diagnosis.of(
                        IMAP, new Timelines().ok(Phase.CONNECT, connected).tls().ready()))
                .isEmpty();
    }

    @Test
    void theFormOfTlsThatWorkedAtTheSecondAttemptIsTold() {
        Timelines second = Timelines.connected(143)
                .nextAttempt(new Failure.TlsNotSpoken("* OK"))
                .starttls()
                .tls();
        assertThat(Diagnosis.of(IMAP.withSecurity(TlsMode.ANY_TLS), second.ready()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("Set Security to STARTTLS"));
    }
}
