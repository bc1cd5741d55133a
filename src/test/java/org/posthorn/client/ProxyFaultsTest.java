package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.diagnosis.Cause;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.CertificateRequest;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;

/** What a proxy does wrong is said of the proxy, never of the server that was not reached. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class ProxyFaultsTest {
    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyKind.class,
            names = {"SOCKS4A", "SOCKS5", "HTTP", "HTTPS"})
    void aSilentProxyIsNamedWithTheLimitInForce(ProxyKind kind) throws Exception {
        try (ScriptedServer proxy = ScriptedServer.of(ScriptedServer.Peer::ignore)) {
            Finding finding = finding(kind, proxy, Duration.ofMillis(300));

            assertThat(finding.user())
                    .contains("The proxy 127.0.0.1:" + proxy.port(), "300 ms")
                    .doesNotContain("mail.nowhere.test");
            assertThat(finding.remedy()).contains("Connect timeout").doesNotContain("Command timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyKind.class,
            names = {"SOCKS4A", "SOCKS5", "HTTP", "HTTPS"})
    void aProxyThatBreaksOffIsNamed(ProxyKind kind) throws Exception {
        try (ScriptedServer closing = ScriptedServer.of(ScriptedServer.Peer::end);
                ScriptedServer resetting = ScriptedServer.of(ProxyFaultsTest::reset)) {
            for (ScriptedServer proxy : new ScriptedServer[] {closing, resetting}) {
                Finding finding = finding(kind, proxy);

                assertThat(finding.user()).contains("127.0.0.1:" + proxy.port()).doesNotContain("mail.nowhere.test");
                assertThat(finding.remedy()).contains("Proxy port");
            }
        }
    }

    private static void reset(ScriptedServer.Peer peer) throws IOException {
        peer.bytes(1);
        peer.reset();
    }

    static Stream<Arguments> certificates() {
        Instant from = Instant.parse("2020-01-01T00:00:00Z");
        Instant until = Instant.parse("2021-01-01T00:00:00Z");
        return Stream.of(
                Arguments.of(leaf("127.0.0.1").valid(from, until), Cause.CERT_EXPIRED, "2021-01-01"),
                Arguments.of(leaf("other.test"), Cause.CERT_NAME_MISMATCH, "is for other.test, not for 127.0.0.1"),
                Arguments.of(Certificates.selfSigned("127.0.0.1"), Cause.CERT_UNTRUSTED, "not vouched for"),
                Arguments.of(
                        Certificates.authority("Avast Mail Shield").leaf("127.0.0.1"),
                        Cause.TLS_INTERCEPTION,
                        "Security software"));
    }

    private static CertificateRequest leaf(String name) {
        return Certificates.authority().leaf(name);
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void aFaultOfTheProxysCertificateIsToldAsWhatItIs(CertificateRequest certificate, Cause cause, String words)
            throws Exception {
        try (ScriptedServer proxy =
                ScriptedServer.secured(certificate.issue().serverContext(), ScriptedServer.Peer::ignore)) {
            Finding finding = finding(ProxyKind.HTTPS, proxy);

            assertThat(finding.cause()).isEqualTo(cause);
            assertThat(finding.user())
                    .contains("127.0.0.1:" + proxy.port(), words)
                    .doesNotContain("mail.nowhere");
            assertThat(finding.remedy()).doesNotContain("Trusted fingerprints");
        }
    }

    private Finding finding(ProxyKind kind, ScriptedServer proxy) {
        return finding(kind, proxy, Duration.ofSeconds(30));
    }

    private Finding finding(ProxyKind kind, ScriptedServer proxy, Duration limit) {
        Endpoint base = Endpoint.of(Protocol.IMAP, "mail.nowhere.test").withSecurity(TlsMode.IMPLICIT);
        Timeouts limits = base.timeouts();
        Endpoint endpoint = base.withTimeouts(limits.withConnect(limit))
                .withProxy(Optional.of(ProxySettings.of(kind, proxy.host()).withPort(OptionalInt.of(proxy.port()))));
        return Diagnosis.of(endpoint, checks.run(endpoint).timeline()).getFirst();
    }
}
