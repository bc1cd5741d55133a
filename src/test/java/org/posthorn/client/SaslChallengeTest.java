package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
import org.posthorn.timeline.Phase;

/** Servers that ask what the mechanism does not answer. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class SaslChallengeTest {
    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, PLAIN, 2",
        "IMAP, LOGIN, 3",
        "POP3, PLAIN, 1",
        "POP3, LOGIN, 3",
        "SMTP, PLAIN, 1",
        "SMTP, LOGIN, 3"
    })
    void givesUpAServerThatAsksOnAndOn(Protocol protocol, String mechanism, int challenges) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol);
            while (!peer.hear().equals("*")) {
                peer.say(challenge(protocol, "bW9yZQ=="));
            }
            peer.say(refusal(protocol));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, mechanism, server));

            server.awaitScripts();
            assertThat(failure(result)).isInstanceOf(Failure.ProtocolViolation.class);
            assertThat(failure(result).stage()).isEqualTo(Phase.LOGIN);
            List<String> login = server.heard().subList(1, server.heard().size());
            assertThat(login).hasSize(challenges + 1).last().isEqualTo("*");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** A man in the middle can say yes; only who knows the password can prove it (RFC 5802 §5.1). */
    @ParameterizedTest
    @EnumSource
    void believesNoServerThatAcceptsWithoutItsProof(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol);
            String said = peer.hear();
            if (said.endsWith("SCRAM-SHA-256")) {
                peer.say(challenge(protocol, ""));
                said = peer.hear();
            }
            byte[] first = Base64.getDecoder().decode(said.replaceFirst(".* ", ""));
            String nonce = new String(first, StandardCharsets.UTF_8).replaceFirst(".*,r=", "");
            String serverFirst = "r=" + nonce + "more,s=c2FsdA==,i=4096";
            peer.say(challenge(
                    protocol, Base64.getEncoder().encodeToString(serverFirst.getBytes(StandardCharsets.UTF_8))));
            peer.hear();
            peer.say(acceptance(protocol));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, "SCRAM-SHA-256", server));

            server.awaitScripts();
            assertThat(failure(result)).isEqualTo(new Failure.ServerNotProven("SCRAM-SHA-256"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersNoChallengeThatIsNotBase64(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol);
            peer.hear();
            peer.say(challenge(protocol, "what is the password?"));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, "PLAIN", server));

            server.awaitScripts();
            assertThat(failure(result)).isInstanceOf(Failure.ProtocolViolation.class);
            assertThat(server.heard()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesPromptsOfLoginThatAreNotBase64(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol);
            peer.hear();
            peer.say(challenge(protocol, "User name?"));
            peer.hear();
            peer.say(challenge(protocol, "Password?"));
            peer.hear();
            peer.say(refusal(protocol));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, "LOGIN", server));

            server.awaitScripts();
            assertThat(failure(result)).isInstanceOf(Failure.LoginRejected.class);
            assertThat(server.heard()).endsWith("YWxpY2U=", "czNjcmV0IQ==");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesNoChallengeAfterTheAcceptance(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, protocol);
            peer.hear();
            if (protocol == Protocol.IMAP) {
                peer.say("+ ");
                peer.hear();
            }
            peer.say(acceptance(protocol), challenge(protocol, "c3RpbGwgdGhlcmU="));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, "PLAIN", server));

            server.awaitScripts();
            assertThat(failure(result).stage()).isEqualTo(Phase.CAPABILITIES);
        }
    }

    @Test
    void believesNoAcceptanceOfAPasswordThatWasNotSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            toLogin(peer, Protocol.IMAP);
            peer.hear();
            peer.say(acceptance(Protocol.IMAP));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, "PLAIN", server));

            assertThat(failure(result)).isInstanceOf(Failure.ProtocolViolation.class);
        }
    }

    private static void toLogin(ScriptedServer.Peer peer, Protocol protocol) throws IOException {
        switch (protocol) {
            case IMAP -> {
                peer.say("* OK ready");
                peer.answer("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN", "TAG OK");
            }
            case POP3 -> {
                peer.say("+OK ready");
                peer.hear();
                peer.say("+OK", "SASL PLAIN LOGIN", ".");
            }
            case SMTP -> {
                peer.say("220 ready");
                peer.hear();
                peer.say("250-mail.test", "250 AUTH PLAIN LOGIN");
            }
        }
    }

    private static String challenge(Protocol protocol, String text) {
        return (protocol == Protocol.SMTP ? "334 " : "+ ") + text;
    }

    private static String refusal(Protocol protocol) {
        return switch (protocol) {
            case IMAP -> "a2 BAD cancelled";
            case POP3 -> "-ERR cancelled";
            case SMTP -> "501 5.7.0 cancelled";
        };
    }

    private static String acceptance(Protocol protocol) {
        return switch (protocol) {
            case IMAP -> "a2 OK in";
            case POP3 -> "+OK in";
            case SMTP -> "235 2.7.0 in";
        };
    }

    private static Endpoint endpoint(Protocol protocol, String mechanism, ScriptedServer server) {
        return Checks.endpoint(protocol, server, TlsMode.NONE)
                .withLogin(new Login.Password("alice", Secret.of("s3cret!"), SaslSettings.of(mechanism)));
    }
}
