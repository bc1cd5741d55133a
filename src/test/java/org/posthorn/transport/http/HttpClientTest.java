package org.posthorn.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedProxy;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

@ExtendWith(NothingLeft.class)
class HttpClientTest {
    private static final TrustAnchors ANCHORS =
            TrustAnchors.of(List.of(Certificates.authority().certificate()));
    private static final Endpoint ACCOUNT = Endpoint.of(Protocol.IMAP, "mail.example.org");

    private final Network network = Network.system();
    private final WireLog log = new WireLog(Clock.systemUTC(), 1000);
    private final AtomicInteger numbers = new AtomicInteger();
    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void close() {
        network.close();
    }

    private HttpClient client(Endpoint account) {
        HttpAccess access = new HttpAccess(network, ANCHORS, log, Clock.systemUTC(), numbers::incrementAndGet);
        return new HttpClient(access, account, new SecretMask(List.of(Secret.of("geheim"))), cancellation, Phase.LOGIN);
    }

    private static HttpRequest get(ScriptedServer server) {
        return HttpRequest.get(URI.create("http://127.0.0.1:" + server.port() + "/a?b=c"), "text/plain");
    }

    private static Failure failure(HttpClient client, HttpRequest request) {
        try {
            throw new AssertionError(client.send(request) + " is no failure");
        } catch (FailureException e) {
            return e.failure();
        }
    }

    private static ScriptedServer answering(String... lines) throws Exception {
        return ScriptedServer.of(peer -> {
            new ScriptedProxy(peer).httpHead();
            peer.say(lines);
        });
    }

    @Test
    void sendsOneRequestAndReadsABodyOfKnownLength() throws Exception {
        try (ScriptedServer server = answering("HTTP/1.1 200 OK", "Content-Length: 3", "X-Y:  z ", "", "abcdef")) {
            HttpResponse response = client(ACCOUNT).send(get(server));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("abc");
            assertThat(response.field("x-y")).contains("z");
            assertThat(server.heard())
                    .startsWith("GET /a?b=c HTTP/1.1", "Host: 127.0.0.1:" + server.port())
                    .contains("Connection: close", "Accept: text/plain");
        }
    }

    @Test
    void readsChunks() throws Exception {
        try (ScriptedServer server = answering(
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "",
                "3;x=y",
                "abc",
                "A",
                "0123456789",
                "0",
                "T: u",
                "")) {
            assertThat(client(ACCOUNT).send(get(server)).text()).isEqualTo("abc0123456789");
        }
    }

    @Test
    void readsToTheEndOfTheConnectionWhereNoLengthIsSaid() throws Exception {
        try (ScriptedServer server = answering("HTTP/1.0 400 Bad", "", "line", "other")) {
            HttpResponse response = client(ACCOUNT).send(get(server));

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).isEqualTo("line\r\nother\r\n");
        }
    }

    @Test
    void passesOverInterimResponsesAndReadsNoBodyWhereThereIsNone() throws Exception {
        try (ScriptedServer server = answering("HTTP/1.1 103 Hints", "Link: x", "", "HTTP/1.1 204 None", "")) {
            HttpResponse response = client(ACCOUNT).send(get(server));

            assertThat(response.status()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void handsBackARedirectUnfollowed() throws Exception {
        try (ScriptedServer server =
                answering("HTTP/1.1 302 Found", "Location: http://127.0.0.1:1/x", "Content-Length: 0", "")) {
            assertThat(client(ACCOUNT).send(get(server)).isRedirect()).isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void namesWhatIsNoHttp() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> peer.say("* OK ready"))) {
            assertThat(failure(client(ACCOUNT), get(server)))
                    .isEqualTo(
                            new Failure.ProtocolViolation(Phase.LOGIN, "the status line is no HTTP/1.1", "* OK ready"));
        }
    }

    @Test
    void refusesMoreThanTheCap() throws Exception {
        try (ScriptedServer server = answering("HTTP/1.1 200 OK", "Content-Length: 999999999", "", "x")) {
            assertThat(failure(client(ACCOUNT), get(server))).isInstanceOf(Failure.TooMuchReceived.class);
        }
    }

    @Test
    void endsAtItsLimitAndAtACancel() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::hold)) {
            Endpoint hasty = ACCOUNT.withTimeouts(Timeouts.defaults().withOperation(Duration.ofMillis(50)));
            assertThat(failure(client(hasty), get(server)))
                    .isEqualTo(new Failure.TimedOut(Phase.LOGIN, Duration.ofMillis(50)));
            cancellation.cancel();
            assertThat(failure(client(ACCOUNT), get(server))).isInstanceOf(Failure.Cancelled.class);
        }
    }

    @Test
    void speaksTlsAndTrustsAsTheAccountDoes() throws Exception {
        var trusted = Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(trusted, peer -> {
            new ScriptedProxy(peer).httpHead();
            peer.say("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok");
        })) {
            var request = HttpRequest.get(URI.create("https://127.0.0.1:" + server.port() + "/"), "*/*");
            assertThat(client(ACCOUNT).send(request).text()).isEqualTo("ok");
        }
        var elsewhere = Certificates.authority().leaf("other.test").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(elsewhere, ScriptedServer.Peer::ignore)) {
            var request = HttpRequest.get(URI.create("https://127.0.0.1:" + server.port() + "/"), "*/*");
            assertThat(failure(client(ACCOUNT), request)).isInstanceOf(Failure.CertificateRejected.class);
        }
    }

    @Test
    void goesThroughTheAccountsProxyWhichResolvesTheName() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            ScriptedProxy socks = new ScriptedProxy(peer);
            socks.socks5Method(0);
            asked.add(socks.socks5Connect(0));
            socks.httpHead();
            peer.say("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok");
        })) {
            Endpoint proxied = ACCOUNT.withProxy(Optional.of(
                    ProxySettings.of(ProxyKind.SOCKS5, "127.0.0.1").withPort(OptionalInt.of(proxy.port()))));
            HttpResponse response = client(proxied).send(HttpRequest.get(URI.create("http://login.invalid/x"), "*/*"));

            assertThat(response.text()).isEqualTo("ok");
            assertThat(asked).containsExactly("login.invalid:80");
        }
    }

    @Test
    void logsMessagesWithDotsInPlaceOfWhatMayBeSecret() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            new ScriptedProxy(peer).httpHead();
            peer.say(
                    "HTTP/1.1 200 OK",
                    "Content-Type: application/json",
                    "Set-Cookie: session=abcdef",
                    "Transfer-Encoding: chunked",
                    "");
            peer.say("12", "{\"access_token\":\"e", "20", "yJabc\",\"expires_in\":3600,\"x\":\"y\"", "1", "}", "0", "");
        })) {
            SequencedMap<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", "r3fr3sh/+");
            form.put("scope", "mail geheim");
            client(ACCOUNT)
                    .send(HttpRequest.form(URI.create("http://127.0.0.1:" + server.port() + "/t?code=c0de"), form));

            assertThat(lines())
                    .contains(
                            "C POST /t?code=•••••• HTTP/1.1",
                            "C grant_type=refresh_token&refresh_token=••••••&scope=mail+••••••",
                            "S HTTP/1.1 200 OK",
                            "S Set-Cookie: ••••••",
                            "S {\"access_token\":\"••••••\",\"expires_in\":3600,\"x\":\"••••••\"}");
            assertThat(String.join("\n", lines())).doesNotContain("r3fr", "c0de", "eyJ", "yJabc", "abcdef", "geheim");
        }
    }

    private List<String> lines() {
        return log.from(0, 1000).stream().map(HttpClientTest::line).collect(Collectors.toList());
    }

    private static String line(WireEvent event) {
        return event.direction().mark() + " " + event.text();
    }

    @Test
    void showsNothingOfARequestOrResponse() {
        HttpRequest request = new HttpRequest(
                "POST", URI.create("https://login.test/t?code=geheim"), Map.of("Authorization", "geheim"), new byte[] {1
                });
        HttpResponse response = new HttpResponse(200, Map.of("X", "geheim"), "geheim".getBytes(StandardCharsets.UTF_8));

        assertThat(request + " " + response).isEqualTo("POST https://login.test/t HTTP 200, 6 bytes");
    }
}
