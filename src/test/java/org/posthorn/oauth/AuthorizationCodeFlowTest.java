package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

@ExtendWith(NothingLeft.class)
class AuthorizationCodeFlowTest {
    private final Acquisitions acquisitions = new Acquisitions();
    private final CompletableFuture<String> page = new CompletableFuture<>();
    private ScriptedAuthorizationServer server;
    private TokenSettings settings;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedAuthorizationServer.start();
        server.on("/token", 200, "{'access_token':'acc3ss','refresh_token':'r3fresh','expires_in':3600}");
        settings = new TokenSettings.AuthorizationCode(Acquisitions.client(server));
    }

    @AfterEach
    void close() throws Exception {
        acquisitions.close();
        server.close();
    }

    /** A browser in which the person signs in at once, and which comes back with these parameters. */
    private void comesBack(String answer) {
        acquisitions.browse(address -> Thread.ofVirtual().start(() -> {
            Map<String, String> asked = query(address.getRawQuery());
            page.complete(get(
                    asked.getOrDefault("redirect_uri", ""),
                    "/?" + answer.replace("STATE", asked.getOrDefault("state", ""))));
        }));
    }

    private static String get(String redirect, String target) {
        URI uri = URI.create(redirect);
        try (Socket socket = new Socket(InetAddress.ofLiteral(uri.getHost()), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Map<String, String> query(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Test
    void sendsTheBrowserThereAndRedeemsTheCodeThatComesBack() throws Exception {
        comesBack("code=c0de&state=STATE");

        IssuedToken token = acquisitions.token(settings);

        Facts.SignIn signIn = acquisitions.progress.stream()
                .flatMap(progress -> progress.signIn().stream())
                .findFirst()
                .orElseThrow();
        Map<String, String> asked = query(URI.create(signIn.address()).getRawQuery());
        Map<String, String> form = server.requests("/token").getLast().form();
        assertThat(token.token()).isEqualTo(Secret.of("acc3ss"));
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "posthorn-test")
                .containsEntry("scope", "mail offline")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry(
                        "code_challenge",
                        Pkce.of(form.getOrDefault("code_verifier", "")).challenge());
        assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+");
        assertThat(form)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c0de")
                .containsEntry("redirect_uri", asked.get("redirect_uri"));
        assertThat(page.get()).contains("200 OK", "Signed in");
    }

    /** RFC 7636, appendix B. */
    @Test
    void makesTheChallengeOfTheStandardsExample() {
        assertThat(Pkce.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void refusesAnAnswerWithAnotherState() {
        comesBack("code=c0de&state=another");

        assertThat(acquisitions.failure(settings))
                .isInstanceOfSatisfying(
                        Failure.SignInUnfinished.class,
                        failure -> assertThat(failure.end()).isEqualTo(Failure.SignInEnd.NOT_OURS));
        assertThat(page.join()).contains("another sign-in");
        assertThat(server.requests("/token")).isEmpty();
    }

    @Test
    void keepsTheWordsOfARefusalThatTheBrowserBrings() {
        comesBack("error=access_denied&error_description=" + URLEncoder.encode("not <today>", StandardCharsets.UTF_8)
                + "&state=STATE");

        assertThat(acquisitions.failure(settings))
                .isEqualTo(new Failure.TokenRefused(
                        server.address("/authorize"),
                        OptionalInt.empty(),
                        "access_denied",
                        Optional.of("not <today>"),
                        Optional.empty()));
        assertThat(page.join()).contains("refused", "not &lt;today&gt;");
    }

    @Test
    void saysThatNoCodeCame() {
        comesBack("state=STATE");

        assertThat(acquisitions.failure(settings))
                .isInstanceOfSatisfying(
                        Failure.SignInUnfinished.class,
                        failure -> assertThat(failure.end()).isEqualTo(Failure.SignInEnd.CODE_MISSING));
    }

    @Test
    void passesOverWhatElseABrowserAsksFor() throws Exception {
        acquisitions.browse(address -> Thread.ofVirtual().start(() -> {
            Map<String, String> asked = query(address.getRawQuery());
            String redirect = asked.getOrDefault("redirect_uri", "");
            assertThat(get(redirect, "/favicon.ico")).contains("404");
            page.complete(get(redirect, "/?code=c&state=" + asked.getOrDefault("state", "")));
        }));

        assertThat(acquisitions.token(settings).token()).isEqualTo(Secret.of("acc3ss"));
    }

    @Test
    void closesTheListenerWhenThePersonStops() {
        CompletableFuture<String> redirect = new CompletableFuture<>();
        acquisitions.browse(address -> {
            redirect.complete(query(address.getRawQuery()).getOrDefault("redirect_uri", ""));
            acquisitions.cancellation.cancel();
        });

        assertThat(acquisitions.failure(settings)).isInstanceOf(Failure.Cancelled.class);
        assertThat(get(redirect.join(), "/?code=c")).contains("refused");
    }

    @Test
    void showsTheAddressWhereNoBrowserCanBeOpened() {
        acquisitions.browse(_ -> {
            acquisitions.cancellation.cancel();
            throw new IOException("no browser");
        });

        assertThat(acquisitions.failure(settings)).isInstanceOf(Failure.Cancelled.class);
        assertThat(acquisitions.progress.getLast().signIn().orElseThrow().address())
                .startsWith(server.address("/authorize?"));
    }

    @Test
    void refreshesTheNextTimeWithoutTheBrowser() throws Exception {
        comesBack("code=c0de&state=STATE");
        acquisitions.token(settings);
        acquisitions.browse(_ -> {
            throw new AssertionError("asked again");
        });
        assertThat(acquisitions.provider(settings).mayAwaitPerson()).isFalse();

        acquisitions.provider(settings).token(true);

        assertThat(server.requests("/token").getLast().form()).containsEntry("refresh_token", "r3fresh");
    }

    @Test
    void signsInAgainWhenTheRefreshTokenIsNoLongerGood() throws Exception {
        comesBack("code=c0de&state=STATE");
        acquisitions.token(settings);
        server.on(
                "/token",
                request -> request.form().containsKey("refresh_token")
                        ? ScriptedAuthorizationServer.Reply.json(400, "{'error':'invalid_grant'}")
                        : ScriptedAuthorizationServer.Reply.json(200, "{'access_token':'n3w'}"));

        assertThat(acquisitions.provider(settings).token(true).token()).isEqualTo(Secret.of("n3w"));
    }

    @Test
    void leavesNoneOfItsSecretsInLogOrFacts() throws Exception {
        comesBack("code=c0de-canary&state=STATE");
        acquisitions.token(settings);

        String verifier = server.requests("/token").getLast().form().getOrDefault("code_verifier", "");
        assertThat(acquisitions.logText() + acquisitions.progress)
                .contains("grant_type=authorization_code")
                .doesNotContain("c0de-canary", verifier, "acc3ss", "r3fresh");
    }
}
