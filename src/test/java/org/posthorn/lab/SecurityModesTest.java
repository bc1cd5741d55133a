package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.diagnosis.Cause;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

/** Each security mode on the port that is meant for it and on the other one. */
@WithLab
@ExtendWith(NothingLeft.class)
class SecurityModesTest {
    private final Lab lab;
    private final LabChecks checks;

    SecurityModesTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    static Stream<Arguments> modesOfThePlainPort() {
        return forEachService(
                arguments(TlsMode.NONE, TlsMode.NONE),
                arguments(TlsMode.STARTTLS, TlsMode.STARTTLS),
                arguments(TlsMode.ANY_TLS, TlsMode.STARTTLS),
                arguments(TlsMode.AUTO, TlsMode.STARTTLS));
    }

    @ParameterizedTest
    @MethodSource("modesOfThePlainPort")
    void reachesThePlainPort(Service service, TlsMode asked, TlsMode inForce) {
        CheckResult result = checks.run(checks.endpoint(service.in(lab), service.plainPort(), asked));

        assertReady(result, inForce);
        assertThat(result.timeline().capabilities(Facts.Stage.BEFORE_TLS)).isNotEmpty();
        assertThat(result.timeline().capabilities(Facts.Stage.AFTER_TLS).isEmpty())
                .isEqualTo(inForce == TlsMode.NONE);
    }

    @ParameterizedTest
    @MethodSource("modesOfTheTlsPort")
    void reachesTheTlsPort(Service service, TlsMode asked) {
        CheckResult result = checks.run(checks.endpoint(service.in(lab), service.tlsPort(), asked));

        assertReady(result, TlsMode.IMPLICIT);
        assertThat(result.timeline().capabilities(Facts.Stage.BEFORE_TLS)).isEmpty();
        assertThat(result.timeline().capabilities(Facts.Stage.AFTER_TLS)).isNotEmpty();
    }

    static Stream<Arguments> modesOfTheTlsPort() {
        return forEachService(arguments(TlsMode.IMPLICIT), arguments(TlsMode.ANY_TLS), arguments(TlsMode.AUTO));
    }

    @ParameterizedTest
    @EnumSource
    void tellsAPlainPortThatWasMeantForTls(Service service) {
        CheckResult result = checks.run(checks.endpoint(service.in(lab), service.plainPort(), TlsMode.IMPLICIT));

        assertThat(LabChecks.end(result)).isEqualTo("TLS TlsNotSpoken implicit-tls-on-starttls-port");
    }

    @ParameterizedTest
    @MethodSource("modesThatBeginInPlaintext")
    void tellsATlsPortThatWasMeantForPlaintext(Service service, TlsMode mode) {
        Endpoint endpoint = LabChecks.impatient(checks.endpoint(service.in(lab), service.tlsPort(), mode));

        CheckResult result = checks.run(endpoint);

        assertThat(LabChecks.end(result)).isEqualTo("GREETING GreetingTimeout plaintext-on-implicit-tls-port");
        assertThat(result.timeline().failure())
                .contains(new Failure.GreetingTimeout(endpoint.timeouts().greeting(), 0, Facts.Probe.TLS_ANSWERED));
    }

    static Stream<Arguments> modesThatBeginInPlaintext() {
        return forEachService(arguments(TlsMode.NONE), arguments(TlsMode.STARTTLS));
    }

    @ParameterizedTest
    @EnumSource
    void sendsNoPasswordInPlaintextWithoutLeave(Service service) {
        LabServer server = service.withoutTls(lab);

        for (TlsMode mode : List.of(TlsMode.STARTTLS, TlsMode.ANY_TLS)) {
            CheckResult result = checks.run(checks.endpoint(server, service.plainPort(), mode));
            assertThat(LabChecks.end(result)).isEqualTo("STARTTLS StarttlsNotOffered starttls-not-offered");
        }
        Endpoint auto = checks.endpoint(server, service.plainPort(), TlsMode.AUTO);
        assertThat(LabChecks.end(checks.run(auto))).isEqualTo("STARTTLS PlaintextNotAllowed starttls-not-offered");
        assertThat(checks.sent()).noneMatch(LabChecks::beginsALogin);
        assertReady(checks.run(auto.withAllowPlaintext(true)), TlsMode.NONE);
    }

    private static void assertReady(CheckResult result, TlsMode inForce) {
        assertThat(result.timeline().failure()).isEmpty();
        assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        assertThat(result.securityInForce()).isEqualTo(inForce);
        assertThat(result.timeline().state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(result.timeline().capabilities(Facts.Stage.AFTER_LOGIN)).isNotEmpty();
        assertThat(result.roundTrip()).isPresent();
        assertThat(Diagnosis.of(result.endpoint(), result.timeline()))
                .as("under TLS a real server offers other logins and nothing else")
                .extracting(Finding::cause)
                .doesNotContain(Cause.CAPABILITIES_CHANGED);
    }

    private static Stream<Arguments> forEachService(Arguments... rows) {
        return Stream.of(Service.values())
                .flatMap(service -> Stream.of(rows)
                        .map(row -> arguments(Stream.concat(Stream.of(service), Stream.of(row.get()))
                                .toArray())));
    }
}
