package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.phases;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.ProxySettings.Resolution;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedProxy;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Failure.ProxyRefusal;
import org.posthorn.timeline.Phase;

class ProxyTest {
    private static final String PASSWORD = "pr0xy-canary";

    private final Checks checks = new Checks();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @Test
    @DisplayName("proxy: SOCKS5 resolves the server's name")
    void reachesTheServerThroughSocks5WhichResolvesItsName() throws IOException {
        try (ScriptedServer server = mail();
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.socks5Method(2);
                    asked.add(dialogue.socks5Login(0));
                    asked.add(dialogue.socks5Connect(0));
                    dialogue.relay(server);
                })) {
            CheckResult result = check(settings(ProxyKind.SOCKS5, proxy).withLogin("pat", Secret.of(PASSWORD)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked).containsExactly("pat " + PASSWORD, "mail.nowhere.test:4143");
            assertThat(phases(result)).startsWith(Phase.RESOLVE, Phase.CONNECT, Phase.TUNNEL, Phase.GREETING);
            assertThat(result.timeline()
                            .latest(Facts.Tunnelled.class)
                            .orElseThrow()
                            .resolvedByProxy())
                    .isTrue();
            assertThat(checks.logText())
                    .contains("SOCKS5 CONNECT mail.nowhere.test:4143")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    @DisplayName("proxy: hands over an address where this machine resolves")
    void handsOverAnAddressWhereThisMachineResolves() throws IOException {
        try (ScriptedServer server = mail();
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    asked.add(dialogue.socks4Connect(90));
                    dialogue.relay(server);
                })) {
            ProxySettings settings = settings(ProxyKind.SOCKS4, proxy).withLogin("pat", Secret.of(""));
            CheckResult result = checks.run(endpoint(settings).withHost("127.0.0.1"));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked).containsExactly("127.0.0.1:4143 pat");
        }
    }

    @Test
    void handsOverALiteralAsAnAddress() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            ScriptedProxy dialogue = new ScriptedProxy(peer);
            dialogue.socks5Method(0);
            asked.add(dialogue.socks5Connect(5));
        })) {
            CheckResult result =
                    checks.run(endpoint(settings(ProxyKind.SOCKS5, proxy)).withHost("[2001:db8::7]"));

            proxy.awaitScripts();
            assertThat(asked).containsExactly("2001:db8:0:0:0:0:0:7:4143");
            assertThat(result.timeline()
                            .latest(Facts.Tunnelled.class)
                            .orElseThrow()
                            .resolvedByProxy())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("proxy: SOCKS4a takes the name")
    void handsOverTheNameBySocks4a() throws IOException {
        try (ScriptedServer server = mail();
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    asked.add(dialogue.socks4Connect(90));
                    dialogue.relay(server);
                })) {
            assertThat(check(settings(ProxyKind.SOCKS4A, proxy)).outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked).containsExactly("mail.nowhere.test:4143 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,UNSPECIFIED",
        "2,POLICY",
        "3,TARGET_UNREACHABLE",
        "4,TARGET_UNREACHABLE",
        "5,TARGET_UNREACHABLE",
        "6,TARGET_UNREACHABLE",
        "7,UNSUPPORTED",
        "8,UNSUPPORTED",
        "9,UNSPECIFIED",
        "255,UNSPECIFIED"
    })
    void tellsEverySocks5ReplyApart(int code, ProxyRefusal reason) throws IOException {
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            ScriptedProxy dialogue = new ScriptedProxy(peer);
            dialogue.socks5Method(0);
            dialogue.socks5Connect(code);
        })) {
            assertThat(check(settings(ProxyKind.SOCKS5, proxy)).timeline().failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(
                                    Failure.ProxyRefused.class,
                                    refused -> assertThat(refused.reason()).isEqualTo(reason)));
        }
    }

    @ParameterizedTest
    @CsvSource({"91,UNSPECIFIED", "92,LOGIN_REJECTED", "93,LOGIN_REJECTED", "94,UNSPECIFIED"})
    void tellsEverySocks4ReplyApart(int code, ProxyRefusal reason) throws IOException {
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            peer.bytes(8);
            peer.send(new byte[] {0, (byte) code, 0, 0, 0, 0, 0, 0});
            peer.ignore();
        })) {
            Endpoint endpoint = endpoint(settings(ProxyKind.SOCKS4, proxy)).withHost("127.0.0.1");
            assertThat(checks.run(endpoint).timeline().failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(Failure.ProxyRefused.class, refused -> {
                                assertThat(refused.reason()).isEqualTo(reason);
                                assertThat(refused.text()).contains(String.valueOf(code));
                            }));
        }
    }

    @Test
    void tellsAWrongLoginFromOneThatIsMissing() throws IOException {
        try (ScriptedServer wrong = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.socks5Method(2);
                    dialogue.socks5Login(1);
                });
                ScriptedServer missing = ScriptedServer.of(peer -> new ScriptedProxy(peer).socks5Method(0xff))) {
            assertThat(check(settings(ProxyKind.SOCKS5, wrong).withLogin("pat", Secret.of(PASSWORD)))
                            .timeline()
                            .failure())
                    .contains(new Failure.ProxyRefused("SOCKS5", ProxyRefusal.LOGIN_REJECTED, "login status 1"));
            assertThat(check(settings(ProxyKind.SOCKS5, missing)).timeline().failure())
                    .contains(new Failure.ProxyRefused("SOCKS5", ProxyRefusal.LOGIN_REQUIRED, "no acceptable methods"));
        }
    }

    @Test
    void answersABasicChallengeOnANewConnectionWhereTheProxyClosedTheFirst() throws IOException {
        try (ScriptedServer server = mail();
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    List<String> head = dialogue.httpHead();
                    asked.add(head.getFirst());
                    if (head.stream().noneMatch(line -> line.startsWith("Proxy-Authorization: Basic "))) {
                        peer.say(
                                "HTTP/1.1 407 Login", "Proxy-Authenticate: Basic realm=\"x\"", "Connection: close", "");
                        return;
                    }
                    peer.say("HTTP/1.1 200 Connected", "");
                    dialogue.relay(server);
                })) {
            CheckResult result = check(settings(ProxyKind.HTTP, proxy).withLogin("pat", Secret.of(PASSWORD)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked)
                    .containsExactly(
                            "CONNECT mail.nowhere.test:4143 HTTP/1.1", "CONNECT mail.nowhere.test:4143 HTTP/1.1");
            assertThat(checks.logText())
                    .contains("Proxy-Authorization: Basic ••••••")
                    .doesNotContain("cGF0OnByMHh5");
        }
    }

    @Test
    @DisplayName("proxy: HTTP CONNECT prefers Digest and sends no password")
    void prefersDigestAndSendsNoPassword() throws IOException {
        try (ScriptedServer server = mail();
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.httpHead();
                    peer.say(
                            "HTTP/1.1 407 Login",
                            "Proxy-Authenticate: Basic realm=\"x\"",
                            "Proxy-Authenticate: Digest realm=\"x\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256",
                            "Content-Length: 0",
                            "");
                    asked.addAll(dialogue.httpHead());
                    peer.say("HTTP/1.1 200 Connected", "");
                    dialogue.relay(server);
                })) {
            CheckResult result = check(settings(ProxyKind.HTTP, proxy).withLogin("pat", Secret.of(PASSWORD)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked).anyMatch(line -> line.startsWith("Proxy-Authorization: Digest username=\"pat\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "302,UNSPECIFIED",
        "400,UNSPECIFIED",
        "401,POLICY",
        "403,POLICY",
        "404,TARGET_UNREACHABLE",
        "405,POLICY",
        "407,LOGIN_REQUIRED",
        "408,TARGET_UNREACHABLE",
        "413,UNSPECIFIED",
        "429,UNSPECIFIED",
        "451,POLICY",
        "500,TARGET_UNREACHABLE",
        "501,UNSUPPORTED",
        "502,TARGET_UNREACHABLE",
        "503,TARGET_UNREACHABLE",
        "504,TARGET_UNREACHABLE",
        "599,UNSPECIFIED"
    })
    void tellsEveryHttpRefusalInTheProxysWords(int status, ProxyRefusal reason) throws IOException {
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            new ScriptedProxy(peer).httpHead();
            peer.say("HTTP/1.1 " + status + " Because", "Content-Length: 0", "");
            peer.ignore();
        })) {
            assertThat(check(settings(ProxyKind.HTTP, proxy)).timeline().failure())
                    .contains(new Failure.ProxyRefused("HTTP", reason, "HTTP/1.1 " + status + " Because"));
        }
    }

    @Test
    void tellsAProxyOfAnotherKind() throws IOException {
        try (ScriptedServer http = ScriptedServer.of(peer -> {
                    peer.bytes(1);
                    peer.say("HTTP/1.1 400 Bad Request", "");
                });
                ScriptedServer mail = mail()) {
            assertThat(check(settings(ProxyKind.SOCKS5, http)).timeline().failure())
                    .contains(new Failure.ProxyMismatch("SOCKS5", "it answers with an HTTP reply"));
            assertThat(check(settings(ProxyKind.HTTP, mail)).timeline().failure())
                    .contains(new Failure.ProxyMismatch("HTTP", "it answers with the greeting of a mail server"));
        }
    }

    @Test
    void speaksTlsToAnHttpsProxyAndThenTlsThroughIt() throws Exception {
        SSLContext proxyContext =
                Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        SSLContext mailContext =
                Certificates.authority().leaf("mail.nowhere.test").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(mailContext, ProxyTest::greet);
                ScriptedServer proxy = ScriptedServer.secured(proxyContext, peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.httpHead();
                    peer.say("HTTP/1.1 200 Connected", "");
                    dialogue.relay(server);
                })) {
            CheckResult result =
                    checks.run(endpoint(settings(ProxyKind.HTTPS, proxy)).withSecurity(TlsMode.IMPLICIT));

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(result.securityInForce()).isEqualTo(TlsMode.IMPLICIT);
        }
    }

    @Test
    void saysNothingOfTheRecordsInWhichAProxyCarriesTheSession() throws IOException {
        var context = Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        try (ScriptedServer server = mail();
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    peer.startTls(context);
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.httpHead();
                    peer.say("HTTP/1.1 200 Connected", "");
                    dialogue.relay(server);
                })) {
            checks.run(endpoint(settings(ProxyKind.HTTPS, proxy)));
        }

        assertThat(checks.logText().split("200 Connected", -1)[1]).doesNotContain("T ←", "T →");
    }

    @Test
    @DisplayName("proxy: nothing is dialled past one that cannot be reached")
    void neverDialsPastAProxyThatCannotBeReached() throws IOException {
        ProxySettings gone;
        try (ScriptedServer proxy = mail()) {
            gone = settings(ProxyKind.SOCKS5, proxy);
        }
        try (ScriptedServer server = mail()) {
            CheckResult result = checks.run(
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE).withProxy(Optional.of(gone)));

            assertThat(result.timeline().failure())
                    .hasValueSatisfying(f -> assertThat(f).isInstanceOf(Failure.ConnectionRefused.class));
            assertThat(server.heard()).isEmpty();
        }
    }

    private CheckResult check(ProxySettings proxy) {
        return checks.run(endpoint(proxy));
    }

    private static Endpoint endpoint(ProxySettings proxy) {
        return Endpoint.of(Protocol.IMAP, "mail.nowhere.test")
                .withPort(4143)
                .withSecurity(TlsMode.NONE)
                .withProxy(Optional.of(proxy));
    }

    private static ProxySettings settings(ProxyKind kind, ScriptedServer proxy) {
        ProxySettings settings = ProxySettings.of(kind, proxy.host()).withPort(OptionalInt.of(proxy.port()));
        return kind == ProxyKind.SOCKS4 ? settings.withResolution(Resolution.HERE) : settings;
    }

    private static ScriptedServer mail() throws IOException {
        return ScriptedServer.of(ProxyTest::greet);
    }

    private static void greet(ScriptedServer.Peer peer) throws IOException {
        peer.say("* OK [CAPABILITY IMAP4rev1] ready");
        peer.answer("TAG OK done");
        peer.answer("* BYE", "TAG OK done");
    }
}
