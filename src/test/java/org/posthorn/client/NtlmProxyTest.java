package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedProxy;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Failure.ProxyRefusal;

/** Proxies that want NTLM, whose answers the JDK judges. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class NtlmProxyTest {
    private static final String PASSWORD = "pr0xy-canary";

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @Test
    void logsInOnTheOneConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(NtlmProxyTest::greet);
                ScriptedServer proxy = proxy(server, List.of("NTLM", "Basic realm=\"x\""))) {
            CheckResult result = check(proxy, PASSWORD);

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(checks.logText())
                    .contains("Proxy-Authorization: NTLM ••••••")
                    .doesNotContain("TlRMTVNTUAAD")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void tellsARefusalAfterOneAttempt() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(NtlmProxyTest::greet);
                ScriptedServer proxy = proxy(server, List.of("NTLM"))) {
            CheckResult result = check(proxy, "wrong");

            assertThat(Checks.failure(result))
                    .isInstanceOfSatisfying(
                            Failure.ProxyRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(ProxyRefusal.LOGIN_REJECTED));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void takesDigestBeforeIt() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            new ScriptedProxy(peer).httpHead();
            peer.say(
                    "HTTP/1.1 407 Login",
                    "Proxy-Authenticate: NTLM",
                    "Proxy-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\"",
                    "Content-Length: 0",
                    "");
            new ScriptedProxy(peer).httpHead().forEach(peer::note);
            peer.say("HTTP/1.1 403 No", "Content-Length: 0", "");
        })) {
            check(proxy, PASSWORD);

            assertThat(proxy.heard()).anyMatch(line -> line.startsWith("Proxy-Authorization: Digest "));
        }
    }

    @Test
    void endsWhereWhatComesIsNoChallenge() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.of(peer -> {
            for (String challenge : List.of("NTLM", "NTLM bm8gY2hhbGxlbmdl")) {
                new ScriptedProxy(peer).httpHead();
                peer.say("HTTP/1.1 407 Login", "Proxy-Authenticate: " + challenge, "Content-Length: 0", "");
            }
            peer.ignore();
        })) {
            assertThat(Checks.failure(check(proxy, PASSWORD)))
                    .isInstanceOfSatisfying(
                            Failure.ProxyRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(ProxyRefusal.LOGIN_REJECTED));
        }
    }

    private CheckResult check(ScriptedServer proxy, String password) {
        return checks.run(Endpoint.of(Protocol.IMAP, "mail.nowhere.test")
                .withPort(4143)
                .withSecurity(TlsMode.NONE)
                .withProxy(Optional.of(ProxySettings.of(ProxyKind.HTTP, proxy.host())
                        .withPort(OptionalInt.of(proxy.port()))
                        .withLogin("CORP\\pat", Secret.of(password)))));
    }

    private static ScriptedServer proxy(ScriptedServer server, List<String> offers) throws IOException {
        return ScriptedServer.of(peer -> {
            ScriptedProxy dialogue = new ScriptedProxy(peer);
            dialogue.httpHead();
            refuse(peer, offers);
            SaslServer ntlm = ntlm();
            byte[] challenge = ntlm.evaluateResponse(token(dialogue.httpHead()));
            refuse(peer, List.of("NTLM " + Base64.getEncoder().encodeToString(challenge)));
            try {
                ntlm.evaluateResponse(token(dialogue.httpHead()));
            } catch (SaslException _) {
                refuse(peer, offers);
                peer.ignore();
                return;
            }
            peer.say("HTTP/1.1 200 Connected", "");
            dialogue.relay(server);
        });
    }

    private static void refuse(ScriptedServer.Peer peer, List<String> offers) throws IOException {
        peer.say("HTTP/1.1 407 Login");
        for (String offer : offers) {
            peer.say("Proxy-Authenticate: " + offer);
        }
        peer.say("Content-Length: 0", "");
    }

    private static byte[] token(List<String> head) {
        return head.stream()
                .filter(line -> line.startsWith("Proxy-Authorization: NTLM "))
                .map(line -> Base64.getDecoder().decode(line.substring("Proxy-Authorization: NTLM ".length())))
                .findFirst()
                .orElseThrow();
    }

    private static SaslServer ntlm() throws SaslException {
        Map<String, String> properties = Map.of("com.sun.security.sasl.ntlm.version", "NTLMv2");
        return Sasl.createSaslServer("NTLM", "http", "proxy.test", properties, callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof PasswordCallback asked) {
                    asked.setPassword(PASSWORD.toCharArray());
                }
            }
        });
    }

    private static void greet(ScriptedServer.Peer peer) throws IOException {
        peer.say("* OK [CAPABILITY IMAP4rev1] ready");
        peer.answer("TAG OK done");
        peer.answer("* BYE", "TAG OK done");
    }
}
