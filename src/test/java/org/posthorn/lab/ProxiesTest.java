package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

/** Sessions through proxies of four makes, and what each of them says when it refuses. */
@WithLab
@ExtendWith(NothingLeft.class)
class ProxiesTest {
    private static final String USER = "proxyuser";
    private static final String PASSWORD = "proxypass";

    private final Lab lab;
    private final LabChecks checks;

    ProxiesTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    /** A proxy and how it is spoken to. */
    enum Through {
        DANTE_4("dante", "socks", ProxyKind.SOCKS4),
        DANTE_5("dante", "socks", ProxyKind.SOCKS5),
        MICROSOCKS("microsocks", "socks", ProxyKind.SOCKS5),
        MICROSOCKS_PASSWORD("microsocks@auth", "socks", ProxyKind.SOCKS5),
        TINYPROXY("tinyproxy", "http", ProxyKind.HTTP),
        TINYPROXY_BASIC("tinyproxy@auth", "http", ProxyKind.HTTP),
        SQUID("squid", "http", ProxyKind.HTTP),
        SQUID_BASIC("squid@basic", "http", ProxyKind.HTTP),
        SQUID_DIGEST("squid@digest", "http", ProxyKind.HTTP),
        SQUID_TLS("squid", "https", ProxyKind.HTTPS),
        SQUID_TLS_DIGEST("squid@digest", "https", ProxyKind.HTTPS);

        private final String server;
        private final String port;
        private final ProxyKind kind;

        Through(String server, String port, ProxyKind kind) {
            this.server = server;
            this.port = port;
            this.kind = kind;
        }

        ProxySettings settings(Lab lab) {
            return proxy(lab, server, port, kind);
        }

        boolean wantsPassword() {
            return server.contains("@");
        }
    }

    private static ProxySettings proxy(Lab lab, String name, String port, ProxyKind kind) {
        String[] parts = name.split("@", 2);
        LabServer server = parts.length == 1 ? lab.server(parts[0]) : lab.server(parts[0], parts[1]);
        return ProxySettings.of(kind, server.host()).withPort(OptionalInt.of(server.port(port)));
    }

    private ProxySettings withPassword(Through through) {
        ProxySettings settings = through.settings(lab);
        return through.wantsPassword() ? settings.withLogin(USER, Secret.of(PASSWORD)) : settings;
    }

    private Endpoint endpoint(Service service, TlsMode mode) {
        String port = mode == TlsMode.IMPLICIT ? service.tlsPort() : service.plainPort();
        return checks.endpoint(service.in(lab), port, mode);
    }

    private CheckResult through(ProxySettings proxy, Endpoint endpoint) {
        return checks.run(endpoint.withProxy(Optional.of(proxy)));
    }

    private CheckResult through(ProxySettings proxy) {
        return through(proxy, endpoint(Service.DOVECOT_IMAP, TlsMode.IMPLICIT));
    }

    static Stream<Arguments> sessions() {
        return Stream.of(Through.values())
                .flatMap(through -> Stream.of(
                        Arguments.of(through, Service.DOVECOT_IMAP, TlsMode.IMPLICIT),
                        Arguments.of(through, Service.DOVECOT_POP3, TlsMode.STARTTLS),
                        Arguments.of(through, Service.POSTFIX, TlsMode.STARTTLS)));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void carryASession(Through through, Service service, TlsMode mode) {
        CheckResult result = through(withPassword(through), endpoint(service, mode));

        assertThat(result.outcome()).as(result.timeline().toString()).isEqualTo(CheckOutcome.READY);
        assertThat(result.securityInForce()).isEqualTo(mode);
        assertThat(result.timeline().latest(Facts.Tunnelled.class)).isPresent();
        assertThat(new Canary(PASSWORD).traceIn(checks.checks().logText())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ProxySettings.Resolution.class)
    void whoResolvesTheNameIsAChoiceAndAFact(ProxySettings.Resolution who) {
        for (Through through : new Through[] {Through.MICROSOCKS, Through.SQUID, Through.DANTE_5}) {
            CheckResult result = through(
                    withPassword(through).withResolution(who),
                    endpoint(Service.DOVECOT_IMAP, TlsMode.IMPLICIT).withHost("localhost"));

            assertThat(result.outcome()).as(through + " " + result.timeline()).isEqualTo(CheckOutcome.READY);
            Facts.Tunnelled tunnel =
                    result.timeline().latest(Facts.Tunnelled.class).orElseThrow();
            assertThat(tunnel.resolvedByProxy()).isEqualTo(who == ProxySettings.Resolution.PROXY);
            assertThat(tunnel.destination())
                    .contains(who == ProxySettings.Resolution.PROXY ? "localhost:" : "127.0.0.1:");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Through.class,
            names = {"MICROSOCKS_PASSWORD", "TINYPROXY_BASIC", "SQUID_BASIC", "SQUID_DIGEST", "SQUID_TLS_DIGEST"})
    void aWrongPasswordAndAMissingOneAreTold(Through through) {
        CheckResult wrong = through(through.settings(lab).withLogin(USER, Secret.of("wr0ng-passw0rd")));
        CheckResult missing = through(through.settings(lab));

        assertThat(LabChecks.end(wrong)).isEqualTo("TUNNEL ProxyRefused proxy-auth-required");
        assertThat(LabChecks.end(missing)).isEqualTo("TUNNEL ProxyRefused proxy-auth-required");
        assertThat(new Canary("wr0ng-passw0rd").traceIn(checks.checks().logText()))
                .isEmpty();
    }

    @Test
    void theWordsOfTheProxyStandInTheFailure() {
        Failure missing = failure(through(Through.SQUID_DIGEST.settings(lab)));

        assertThat(missing.serverText().orElseThrow()).contains("407", "Digest");
    }

    @ParameterizedTest
    @CsvSource({
        "squid@webonly, http, HTTP, TUNNEL ProxyRefused proxy-denied",
        "squid@webonly, https, HTTPS, TUNNEL ProxyRefused proxy-denied"
    })
    void aRuleOfTheProxyIsTold(String name, String port, ProxyKind kind, String end) {
        assertThat(LabChecks.end(through(proxy(lab, name, port, kind)))).isEqualTo(end);
    }

    @ParameterizedTest
    @EnumSource(
            value = Through.class,
            names = {"DANTE_4", "DANTE_5"})
    void aRuleOfDanteIsTold(Through through) {
        CheckResult result = through(
                through.settings(lab).withResolution(ProxySettings.Resolution.HERE),
                endpoint(Service.DOVECOT_IMAP, TlsMode.IMPLICIT).withHost("127.0.0.9"));

        assertThat(LabChecks.end(result)).startsWith("TUNNEL ProxyRefused");
    }

    @ParameterizedTest
    @EnumSource(
            value = Through.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MICROSOCKS_PASSWORD", "TINYPROXY_BASIC", "SQUID_BASIC", "SQUID_DIGEST", "SQUID_TLS_DIGEST"})
    void aServerThatIsNotThereIsTheServersFault(Through through) {
        CheckResult result = through(
                through.settings(lab),
                endpoint(Service.DOVECOT_IMAP, TlsMode.IMPLICIT).withPort(1));

        assertThat(LabChecks.end(result)).isEqualTo("TUNNEL ProxyRefused proxy-target-unreachable");
        assertThat(failure(result).serverText()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "squid, http, SOCKS5",
        "squid, http, SOCKS4",
        "dante, socks, HTTP",
        "squid, http, HTTPS",
        "squid, https, HTTP",
        "tinyproxy, http, SOCKS5",
        "microsocks, socks, HTTP"
    })
    void theWrongKindOfProxyIsTold(String name, String port, ProxyKind kind) {
        CheckResult result = through(
                proxy(lab, name, port, kind), LabChecks.impatient(endpoint(Service.DOVECOT_IMAP, TlsMode.IMPLICIT)));

        assertThat(LabChecks.end(result)).startsWith("TUNNEL ");
        assertThat(result.timeline().latest(Facts.Greeted.class)).isEmpty();
    }

    @Test
    void aProxyWhoseCertificateNobodyTrustsIsSentNothing() {
        CheckResult result = through(proxy(lab, "squid@cert-untrusted", "https", ProxyKind.HTTPS));

        assertThat(failure(result)).isInstanceOf(Failure.ProxyTlsFailed.class);
        assertThat(checks.checks().logText()).doesNotContain("CONNECT ");
    }

    private static Failure failure(CheckResult result) {
        return result.timeline().failure().orElseThrow(() -> new AssertionError("did not fail"));
    }
}
