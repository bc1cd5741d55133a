package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;

/** Logins with an access token. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class AccessTokenTest {
    private static final String TOKEN = "ya29.short-token";
    private static final String REASON =
            "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.example.org/\"}";

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, XOAUTH2 OAUTHBEARER PLAIN, XOAUTH2",
        "POP3, PLAIN OAUTHBEARER XOAUTH2, XOAUTH2",
        "SMTP, PLAIN OAUTHBEARER, OAUTHBEARER"
    })
    @DisplayName("access_token: is sent by the first mechanism for tokens that the server offers")
    void takesTheFirstMechanismForTokensThatIsOffered(Protocol protocol, String offered, String mechanism)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol, offered);
            accept(peer, protocol);
        })) {
            CheckResult result = checks.run(endpoint(protocol, server, Login.accessToken("bob@example.org", token())));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(sent(server)).isEqualTo(message(mechanism, server, TOKEN));
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, PLAIN LOGIN", "POP3, PLAIN", "SMTP, PLAIN LOGIN"})
    void sendsNoTokenToAServerThatTakesPasswordsOnly(Protocol protocol, String offered) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol, offered);
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, server, Login.accessToken("bob@example.org", token())));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismNotOffered.class);
            server.awaitScripts();
            assertThat(server.heard()).hasSize(protocol == Protocol.IMAP ? 0 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"XOAUTH2, ''", "OAUTHBEARER, AQ=="})
    @DisplayName("access_token: the reason of a refusal is answered and kept decoded")
    void answersTheReasonAndKeepsItDecoded(String mechanism, String acknowledgement) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            try (ScriptedServer server = ScriptedServer.of(peer -> {
                toLogin(peer, protocol, mechanism);
                peer.hear();
                peer.say(challenge(protocol, base64(REASON)));
                assertThat(peer.hear()).isEqualTo(acknowledgement);
                peer.say(refusal(protocol));
                peer.ignore();
            })) {
                CheckResult result = checks.run(endpoint(
                        protocol,
                        server,
                        new Login.AccessToken("bob@example.org", token(), SaslSettings.of(mechanism))));

                server.awaitScripts();
                assertThat(failure(result)).isInstanceOfSatisfying(Failure.LoginRejected.class, rejected -> {
                    assertThat(rejected.saslError()).contains(REASON);
                    assertThat(rejected.mechanism()).isEqualTo(mechanism);
                    assertThat(rejected.announced()).isTrue();
                });
            }
        }
    }

    @Test
    void givesUpAServerThatGoesOnAsking() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, Protocol.SMTP, "XOAUTH2");
            peer.hear();
            peer.say("334 " + base64(REASON));
            peer.hear();
            peer.say("334 " + base64(REASON));
            assertThat(peer.hear()).isEqualTo("*");
            peer.say("501 5.7.0 cancelled");
            peer.ignore();
        })) {
            CheckResult result =
                    checks.run(endpoint(Protocol.SMTP, server, Login.accessToken("bob@example.org", token())));

            server.awaitScripts();
            assertThat(failure(result)).isInstanceOf(Failure.ProtocolViolation.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"SMTP, 400, AUTH XOAUTH2", "POP3, 200, AUTH XOAUTH2", "IMAP, 6200, a1 AUTHENTICATE XOAUTH2"})
    void sendsAfterTheCommandWhatIsTooLongForIt(Protocol protocol, int length, String command) throws Exception {
        String tokenText = "t".repeat(length);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol, "XOAUTH2");
            assertThat(peer.hear()).isEqualTo(command);
            peer.say(challenge(protocol, ""));
            accept(peer, protocol);
        })) {
            CheckResult result =
                    checks.run(endpoint(protocol, server, Login.accessToken("bob@example.org", Secret.of(tokenText))));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server.heard()).contains(base64(message("XOAUTH2", server, tokenText)));
        }
    }

    @ParameterizedTest
    @CsvSource({"PLAIN", "IMAP-LOGIN"})
    void sendsNoTokenInAMechanismForPasswords(String mechanism) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, Protocol.IMAP, "PLAIN XOAUTH2");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(
                    Protocol.IMAP,
                    server,
                    new Login.AccessToken("bob@example.org", token(), SaslSettings.of(mechanism))));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            assertThat(server.heard()).isEmpty();
        }
    }

    @Test
    void sendsNoTokenThatBreaksItsMessage() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, Protocol.IMAP, "XOAUTH2");
            peer.ignore();
        })) {
            CheckResult result = checks.run(
                    endpoint(Protocol.IMAP, server, Login.accessToken("bob@example.org", Secret.of("to\u0001ken"))));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            assertThat(server.heard()).isEmpty();
        }
    }

    private static void toLogin(ScriptedServer.Peer peer, Protocol protocol, String offered) throws IOException {
        switch (protocol) {
            case IMAP -> peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=" + offered.replace(" ", " AUTH=") + "] hi");
            case POP3 -> {
                peer.say("+OK ready");
                peer.hear();
                peer.say("+OK", "SASL " + offered, ".");
            }
            case SMTP -> {
                peer.say("220 ready");
                peer.hear();
                peer.say("250-mail.test", "250 AUTH " + offered);
            }
        }
    }

    /** Takes the next line for the login, and then everything. */
    private static void accept(ScriptedServer.Peer peer, Protocol protocol) throws IOException {
        peer.hear();
        switch (protocol) {
            case IMAP -> {
                peer.say("a1 OK [CAPABILITY IMAP4rev1] in");
                peer.answer("TAG OK");
                peer.answer("* BYE", "TAG OK");
            }
            case POP3 -> {
                peer.say("+OK in");
                peer.hear();
                peer.say("+OK", ".");
                peer.answer("+OK");
                peer.answer("+OK");
            }
            case SMTP -> {
                peer.say("235 2.7.0 in");
                peer.answer("250 mail.test");
                peer.answer("250 ok");
                peer.answer("221 bye");
            }
        }
    }

    private static String challenge(Protocol protocol, String text) {
        return (protocol == Protocol.SMTP ? "334 " : "+ ") + text;
    }

    private static String refusal(Protocol protocol) {
        return switch (protocol) {
            case IMAP -> "a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)";
            case POP3 -> "-ERR [AUTH] no";
            case SMTP -> "535 5.7.8 no";
        };
    }

    private static String message(String mechanism, ScriptedServer server, String token) {
        String head = mechanism.equals("XOAUTH2")
                ? "user=bob@example.org\u0001"
                : "n,a=bob@example.org,\u0001host=127.0.0.1\u0001port=" + server.port() + "\u0001";
        return head + "auth=Bearer " + token + "\u0001\u0001";
    }

    private static String sent(ScriptedServer server) {
        Optional<String> login = server.heard().stream()
                .filter(line -> line.contains("AUTH"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst();
        return new String(Base64.getDecoder().decode(login.orElseThrow()), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret token() {
        return Secret.of(TOKEN);
    }

    private static Endpoint endpoint(Protocol protocol, ScriptedServer server, Login login) {
        return Checks.endpoint(protocol, server, TlsMode.NONE).withLogin(login);
    }
}
