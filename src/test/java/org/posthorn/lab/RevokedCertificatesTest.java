package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Revocation.Source;
import org.posthorn.timeline.Revocation.Status;
import org.posthorn.timeline.TlsFacts;

/** Certificates that their issuer took back, and those that it vouches for: asked over HTTP, and stapled. */
@WithLab
@ExtendWith(NothingLeft.class)
class RevokedCertificatesTest {
    private final Lab lab;
    private final LabChecks checks;

    RevokedCertificatesTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
        lab.server("issuer");
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    static Stream<Arguments> everyWayToTls() {
        return Stream.of(Service.values())
                .flatMap(
                        service -> Stream.of(TlsMode.IMPLICIT, TlsMode.STARTTLS).map(mode -> arguments(service, mode)));
    }

    @ParameterizedTest
    @MethodSource("everyWayToTls")
    void refusesACertificateThatWasTakenBackWhenItAsksTheIssuer(Service service, TlsMode mode) {
        LabServer server = service.in(lab, "cert-revoked");

        CheckResult unasked = checks.run(endpoint(service, server, mode, RevocationPolicy.STAPLED));
        assertThat(unasked.outcome()).isEqualTo(CheckOutcome.READY);

        Endpoint endpoint = endpoint(service, server, mode, RevocationPolicy.CHECK);
        int before = checks.sent().size();
        CheckResult refused = checks.run(endpoint);

        assertThat(LabChecks.end(refused)).isEqualTo("TLS CertificateRejected cert-revoked");
        assertThat(facts(refused).revocations())
                .extracting(Revocation::link, Revocation::status, Revocation::source)
                .containsExactly(tuple(0, Status.REVOKED, Source.OCSP), tuple(1, Status.GOOD, Source.CRL));
        assertThat(facts(refused).revocations().getFirst().detail()).startsWith("key compromise, since 20");
        assertThat(checks.sent().subList(before, checks.sent().size())).noneMatch(LabChecks::beginsALogin);
    }

    @ParameterizedTest
    @EnumSource
    void requiresWhatTheIssuersOfTheWholeChainSay(Service service) {
        CheckResult vouched = checks.run(
                endpoint(service, service.in(lab, "cert-vouched"), TlsMode.IMPLICIT, RevocationPolicy.REQUIRE));
        CheckResult unknown =
                checks.run(endpoint(service, service.in(lab), TlsMode.IMPLICIT, RevocationPolicy.REQUIRE));

        assertThat(vouched.outcome()).isEqualTo(CheckOutcome.READY);
        assertThat(facts(vouched).revocations())
                .extracting(Revocation::link, Revocation::status, Revocation::source)
                .containsExactly(
                        tuple(0, Status.GOOD, service == Service.EXIM ? Source.STAPLED : Source.OCSP),
                        tuple(1, Status.GOOD, Source.CRL));
        assertThat(LabChecks.end(unknown)).isEqualTo("TLS CertificateRejected cert-status-unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_1_3, -tls1_3, revoked",
        "TLS_1_2, -tls1_2, revoked",
        "TLS_1_3, -tls1_3, vouched",
        "TLS_1_2, -tls1_2, vouched"
    })
    void readsTheStapledAnswerOfOpenssl(TlsVersion version, String option, String certificate) throws Exception {
        stapled(certificate, Set.of(version), option);
    }

    @ParameterizedTest
    @CsvSource({"revoked", "vouched"})
    void readsItWithTheSecondTlsStackToo(String certificate) throws Exception {
        stapled(certificate, Set.of(TlsVersion.TLS_1_1, TlsVersion.TLS_1_2), "-tls1_2");
        stapled(certificate, Set.of(TlsVersion.TLS_1_1, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), "-tls1_3");
    }

    private void stapled(String certificate, Set<TlsVersion> versions, String option) throws Exception {
        String file = lab.certificate(certificate).toString();
        try (OpensslServer server = OpensslServer.start(
                lab,
                option,
                "-cert",
                file,
                "-key",
                file.replace(".pem", ".key"),
                "-status_file",
                file.replace(".pem", ".ocsp"))) {
            Endpoint endpoint = checks.endpoint(
                    new LabServer("openssl", "127.0.0.1", Map.of("imaps", server.port())), "imaps", TlsMode.IMPLICIT);
            CheckResult result = checks.run(
                    LabChecks.impatient(endpoint.withTls(endpoint.tls().withVersions(EnumSet.copyOf(versions)))));

            boolean good = certificate.equals("vouched");
            assertThat(facts(result).revocations())
                    .extracting(Revocation::link, Revocation::status, Revocation::source)
                    .containsExactly(tuple(0, good ? Status.GOOD : Status.REVOKED, Source.STAPLED));
            assertThat(facts(result).problems())
                    .hasSize(good ? 0 : 1)
                    .allSatisfy(problem -> assertThat(problem).isInstanceOf(CertificateProblem.Revoked.class));
        }
    }

    private static TlsFacts facts(CheckResult result) {
        return result.timeline().latest(TlsFacts.class).orElseThrow();
    }

    private Endpoint endpoint(Service service, LabServer server, TlsMode mode, RevocationPolicy policy) {
        Endpoint endpoint =
                checks.endpoint(server, mode == TlsMode.IMPLICIT ? service.tlsPort() : service.plainPort(), mode);
        return endpoint.withTls(endpoint.tls().withRevocation(policy));
    }
}
