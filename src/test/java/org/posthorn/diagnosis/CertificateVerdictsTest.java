package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;

/** Which certificate of a chain is meant, who issued it, and what was not looked at. */
class CertificateVerdictsTest {
    private static final Endpoint IMAP =
            Endpoint.of(Protocol.IMAP, "mail.example.org").withSecurity(TlsMode.IMPLICIT);
    private static final Endpoint REQUIRING = IMAP.withTls(IMAP.tls().withRevocation(RevocationPolicy.REQUIRE));
    private static final Instant PAST = Timelines.NOON.minus(Duration.ofDays(9));
    private static final String ABOVE = "CN=Authority Above";

    static List<CertificateProblem> ofAnIssuer() {
        return List.of(
                new CertificateProblem.Expired(1, ABOVE, PAST),
                new CertificateProblem.NotYetValid(1, ABOVE, PAST),
                new CertificateProblem.WrongUsage(1, ABOVE, "keyUsage"),
                new CertificateProblem.TooWeak(1, ABOVE, "RSA 512"),
                new CertificateProblem.Revoked(1, ABOVE, "key compromise"),
                new CertificateProblem.RevocationUnknown(1, ABOVE, "it stayed silent"));
    }

    @ParameterizedTest
    @MethodSource("ofAnIssuer")
    void aFaultOfAnIssuerNamesTheIssuer(CertificateProblem problem) {
        assertThat(rejected(List.of(problem), List.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.user())
                        .contains(ABOVE)
                        .doesNotContain("The certificate of mail.example.org"));
    }

    @Test
    void severalWhoseStatusIsUnknownAreOneFindingThatSaysWhoWasAsked() {
        List<Finding> findings = rejected(
                List.of(
                        new CertificateProblem.RevocationUnknown(0, "CN=mail.example.org", "it stayed silent"),
                        new CertificateProblem.RevocationUnknown(1, ABOVE, "names no address")),
                List.of(
                        unknown(
                                0,
                                "CN=mail.example.org",
                                Revocation.Source.OCSP,
                                "http://ocsp.example",
                                "it stayed silent"),
                        unknown(1, ABOVE, Revocation.Source.NONE, "", "names no address")));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.evidence())
                    .extracting(Evidence::text)
                    .contains(
                            "The status: CN=mail.example.org: http://ocsp.example: it stayed silent",
                            "The status: " + ABOVE + ": names no address");
            assertThat(finding.remedy()).contains("Let the address");
        });
    }

    @Test
    void aCertificateThatNamesNobodyToAskHasARemedyOfItsOwn() {
        assertThat(rejected(
                        List.of(new CertificateProblem.RevocationUnknown(1, ABOVE, "names no address")),
                        List.of(unknown(1, ABOVE, Revocation.Source.NONE, "", "names no address"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("a certificate that names an address"));
    }

    @Test
    void anInterceptorThatSendsOnlyItsLeafIsNamed() {
        assertThat(rejected(
                        List.of(new CertificateProblem.MissingIntermediate("CN=Avast Web/Mail Shield Root")),
                        List.of()))
                .extracting(Finding::cause)
                .containsExactly(Cause.TLS_INTERCEPTION);
    }

    @Test
    void anInterceptorThatIsTrustedIsARemark() {
        CertificateFacts leaf = certificate("CN=mail.example.org", "CN=Zscaler Intermediate Root CA");
        Timeline timeline = session(List.of(leaf, certificate("CN=Zscaler", "CN=Zscaler")), List.of(), false);

        assertThat(Diagnosis.of(IMAP, timeline)).singleElement().satisfies(finding -> {
            assertThat(finding.cause()).isEqualTo(Cause.TLS_INTERCEPTION);
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.admin()).contains("CN=Zscaler Intermediate Root CA");
        });
    }

    @Test
    void whatSettingsInsistOnAndAPinMakesUpForIsAWarning() {
        Timeline timeline = session(List.of(), List.of(new CertificateProblem.SelfSigned("CN=a")), true);

        assertThat(Diagnosis.of(REQUIRING, timeline))
                .filteredOn(finding -> finding.cause() == Cause.CERT_STATUS_UNKNOWN)
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
                .satisfies(finding -> assertThat(finding.user()).contains("was not looked at"));
        assertThat(Diagnosis.of(IMAP, timeline)).extracting(Finding::cause).containsExactly(Cause.CERT_UNTRUSTED);
    }

    @Test
    void whatSettingsInsistOnAndTheTrustInTheLeafMakesUpForIsTold() {
        Timeline timeline =
                session(List.of(certificate("CN=mail.example.org", "CN=mail.example.org")), List.of(), false);

        assertThat(Diagnosis.of(REQUIRING, timeline))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO))
                .satisfies(finding -> assertThat(finding.user()).contains("was not looked at"));
        assertThat(Diagnosis.of(IMAP, timeline)).isEmpty();
    }

    private static List<Finding> rejected(List<CertificateProblem> problems, List<Revocation> revocations) {
        return Diagnosis.of(
                IMAP,
                Timelines.connected(993)
                        .ok(Phase.TLS, tls(List.of(), problems, false, revocations))
                        .failed(new Failure.CertificateRejected(problems)));
    }

    private static Timeline session(List<CertificateFacts> built, List<CertificateProblem> problems, boolean pinned) {
        return Timelines.connected(993)
                .ok(Phase.TLS, tls(built, problems, pinned, List.of()))
                .ready();
    }

    private static TlsFacts tls(
            List<CertificateFacts> built,
            List<CertificateProblem> problems,
            boolean pinned,
            List<Revocation> revocations) {
        return new TlsFacts(
                List.of("TLSv1.3"),
                List.of("TLSv1.3"),
                "mail.example.org",
                Optional.of("TLSv1.3"),
                Optional.of("TLS_AES_256_GCM_SHA384"),
                List.of(certificate("CN=mail.example.org", "CN=An Authority")),
                built,
                problems,
                pinned,
                revocations,
                false,
                HelloFacts.none(),
                Optional.empty());
    }

    private static CertificateFacts certificate(String subject, String issuer) {
        Instant end = Timelines.NOON.plus(Duration.ofDays(60));
        return new CertificateFacts(
                subject, issuer, List.of(), PAST, end, "RSA 2048", "SHA256withRSA", "01", "ab", false, "");
    }

    private static Revocation unknown(int link, String subject, Revocation.Source source, String from, String detail) {
        return new Revocation(
                link, subject, Revocation.Status.UNKNOWN, source, from, Optional.empty(), Optional.empty(), detail);
    }
}
