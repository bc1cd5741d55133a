package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.Trust;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.TlsFacts;

/** Certificates that hold and those that do not, by either way to TLS. */
@WithLab
@ExtendWith(NothingLeft.class)
class CertificatesTest {
    private final Lab lab;
    private final LabChecks checks;

    CertificatesTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    enum Wrong {
        EXPIRED(CertificateProblem.Expired.class, "cert-expired"),
        NOTYET(CertificateProblem.NotYetValid.class, "cert-not-yet-valid"),
        WRONGHOST(CertificateProblem.NameMismatch.class, "cert-name-mismatch"),
        SELFSIGNED(CertificateProblem.SelfSigned.class, "cert-untrusted"),
        UNTRUSTED(CertificateProblem.UnknownIssuer.class, "cert-untrusted"),
        NOINTER(CertificateProblem.MissingIntermediate.class, "cert-chain-incomplete"),
        WEAKKEY(CertificateProblem.TooWeak.class, "cert-too-weak"),
        SHA1(CertificateProblem.TooWeak.class, "cert-too-weak"),
        NOSERVER(CertificateProblem.WrongUsage.class, "cert-wrong-usage"),
        CNONLY(CertificateProblem.NameMismatch.class, "cert-name-mismatch"),
        DEADCHAIN(CertificateProblem.Expired.class, "cert-expired");

        private final Class<? extends CertificateProblem> problem;
        private final String cause;

        Wrong(Class<? extends CertificateProblem> problem, String cause) {
            this.problem = problem;
            this.cause = cause;
        }

        String variant() {
            return "cert-" + name().toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Arguments> wrongCertificates() {
        return Stream.of(Service.values())
                .flatMap(service -> Stream.of(Wrong.values())
                        .flatMap(wrong -> Stream.of(TlsMode.IMPLICIT, TlsMode.STARTTLS)
                                .map(mode -> arguments(service, wrong, mode))));
    }

    @ParameterizedTest
    @MethodSource("wrongCertificates")
    void refusesACertificateAndBelievesItsFingerprint(Service service, Wrong wrong, TlsMode mode) {
        Endpoint endpoint = endpoint(service, service.in(lab, wrong.variant()), mode);

        CheckResult refused = checks.run(endpoint);

        assertThat(LabChecks.end(refused)).isEqualTo("TLS CertificateRejected " + wrong.cause);
        TlsFacts facts = refused.timeline().latest(TlsFacts.class).orElseThrow();
        assertThat(facts.problems()).singleElement().isInstanceOf(wrong.problem);
        assertThat(facts.certificates()).hasSize(wrong == Wrong.SELFSIGNED || wrong == Wrong.NOINTER ? 1 : 2);
        assertThat(checks.sent()).noneMatch(LabChecks::beginsALogin);

        String fingerprint = facts.certificates().getFirst().sha256();
        CheckResult pinned = checks.run(endpoint.withTls(
                endpoint.tls().withTrust(endpoint.tls().trust().withFingerprints(Set.of(fingerprint)))));

        assertThat(pinned.outcome()).isEqualTo(CheckOutcome.READY);
        assertThat(pinned.timeline().latest(TlsFacts.class)).hasValueSatisfying(it -> {
            assertThat(it.pinned()).isTrue();
            assertThat(it.problems()).singleElement().isInstanceOf(wrong.problem);
        });
    }

    @ParameterizedTest
    @EnumSource
    void believesTheFileOfAuthoritiesAndNobodyWithoutIt(Service service) {
        Endpoint endpoint = endpoint(service, service.in(lab), TlsMode.IMPLICIT);

        TlsFacts trusted =
                checks.run(endpoint).timeline().latest(TlsFacts.class).orElseThrow();
        CheckResult refused = checks.run(endpoint.withTls(TlsSettings.defaults()));

        assertThat(trusted.trusted()).isTrue();
        assertThat(trusted.built())
                .extracting(CertificateFacts::subject)
                .containsExactly("CN=mail.test", "CN=Posthorn Lab Intermediate", "CN=Posthorn Lab Root");
        assertThat(LabChecks.end(refused)).isEqualTo("TLS CertificateRejected cert-untrusted");
        assertThat(refused.timeline().failure())
                .contains(new Failure.CertificateRejected(
                        List.of(new CertificateProblem.UnknownIssuer("CN=Posthorn Lab Root"))));
    }

    @ParameterizedTest
    @EnumSource
    void believesAFileThatHoldsTheIntermediateAuthorityAlone(Service service) {
        Endpoint endpoint = endpoint(service, service.in(lab, "cert-nointer"), TlsMode.IMPLICIT);
        Trust intermediate = Trust.builtIn().withAuthorities(lab.certificate("intermediate"));

        CheckResult result = checks.run(endpoint.withTls(TlsSettings.defaults().withTrust(intermediate)));

        assertThat(result.timeline().failure()).isEmpty();
        assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
    }

    private Endpoint endpoint(Service service, LabServer server, TlsMode mode) {
        return checks.endpoint(server, mode == TlsMode.IMPLICIT ? service.tlsPort() : service.plainPort(), mode);
    }
}
