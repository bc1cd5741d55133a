package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.TlsFacts;

/** What is offered, what is agreed on, and what is said when nothing is. */
@WithLab
@ExtendWith(NothingLeft.class)
class TlsVersionsTest {
    private final Lab lab;
    private final LabChecks checks;

    TlsVersionsTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    static Stream<Arguments> waysToTls() {
        return Stream.of(Service.values())
                .flatMap(service -> Stream.of(
                        arguments(service, service.tlsPort(), TlsMode.IMPLICIT),
                        arguments(service, service.plainPort(), TlsMode.STARTTLS)));
    }

    @ParameterizedTest
    @MethodSource("waysToTls")
    void agreesOnTheHighestVersionBothKnow(Service service, String port, TlsMode mode) {
        Endpoint any = checks.endpoint(service.in(lab), port, mode);
        Endpoint old = checks.endpoint(service.in(lab, "tls12only"), port, mode);

        assertThat(agreedOn(any)).contains("TLSv1.3");
        assertThat(agreedOn(offering(any, EnumSet.of(TlsVersion.TLS_1_2)))).contains("TLSv1.2");
        assertThat(agreedOn(offering(any, EnumSet.of(TlsVersion.TLS_1_3)))).contains("TLSv1.3");
        assertThat(agreedOn(old)).contains("TLSv1.2");
        assertThat(agreedOn(offering(old, EnumSet.of(TlsVersion.TLS_1_2)))).contains("TLSv1.2");
    }

    /** Dovecot closes without an alert, Exim's GnuTLS says handshake_failure, Postfix's OpenSSL protocol_version. */
    @ParameterizedTest
    @MethodSource("waysToTls")
    void tellsThatNoVersionIsCommon(Service service, String port, TlsMode mode) {
        Endpoint endpoint = checks.endpoint(service.in(lab, "tls12only"), port, mode);

        CheckResult result = checks.run(offering(endpoint, EnumSet.of(TlsVersion.TLS_1_3)));

        assertThat(LabChecks.end(result)).isEqualTo("TLS HandshakeFailed tls-server-too-weak");
        Failure.HandshakeFailed failure =
                (Failure.HandshakeFailed) result.timeline().failure().orElseThrow();
        assertThat(failure.alert()).isEqualTo(alert(service));
        assertThat(result.timeline().latest(TlsFacts.class).map(TlsFacts::offered))
                .contains(List.of("TLSv1.3"));
    }

    @Test
    void reachesAServerThatKnowsTls10OnlyWhenAskedTo() {
        LabServer old = lab.server("dovecot", "tls10only");
        Endpoint ordinary = checks.endpoint(old, "imaps", TlsMode.IMPLICIT);
        Endpoint asking = offering(ordinary, EnumSet.of(TlsVersion.TLS_1_0));

        assertThat(agreedOn(asking)).contains("TLSv1");
        assertThat(agreedOn(offering(ordinary, EnumSet.allOf(TlsVersion.class))))
                .contains("TLSv1");
        assertThat(agreedOn(offering(checks.endpoint(old, "pop3", TlsMode.STARTTLS), EnumSet.of(TlsVersion.TLS_1_0))))
                .contains("TLSv1");
        assertThat(LabChecks.end(checks.run(ordinary))).isEqualTo("TLS HandshakeFailed tls-server-too-weak");
    }

    private static Optional<String> alert(Service service) {
        return switch (service) {
            case DOVECOT_IMAP, DOVECOT_POP3 -> Optional.empty();
            case EXIM -> Optional.of("handshake_failure");
            case POSTFIX -> Optional.of("protocol_version");
        };
    }

    private static Endpoint offering(Endpoint endpoint, Set<TlsVersion> versions) {
        return endpoint.withTls(endpoint.tls().withVersions(versions));
    }

    private Optional<String> agreedOn(Endpoint endpoint) {
        CheckResult result = checks.run(endpoint);
        assertThat(result.timeline().failure()).isEmpty();
        assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        return result.timeline().latest(TlsFacts.class).flatMap(TlsFacts::version);
    }
}
