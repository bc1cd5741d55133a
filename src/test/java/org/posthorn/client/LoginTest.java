package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.endpoint;
import static org.posthorn.testkit.Checks.failure;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.Failure;

/** One login, with the mechanism that was chosen and no other. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class LoginTest {
    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IMAP-LOGIN", "imap-login"})
    void sendsNothingWhereLoginIsDisabled(String mechanism) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 LoginDisabled] ready");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(login("alice", "s3cret!", Optional.of(mechanism).filter(m -> !m.isEmpty()))));

            assertThat(failure(result)).isInstanceOf(Failure.LoginDisabled.class);
            server.awaitScripts();
            assertThat(server.heard()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, LOGIN", "IMAP, IMAP-LOGIN", "POP3, PLAIN", "POP3, USER", "SMTP, LOGIN"})
    void sendsTheForcedMechanismThoughItIsNotOfferedAndNoSecond(Protocol protocol, String mechanism) throws Exception {
        Session session = Session.plain(protocol);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            String tag = session.serve(peer, 2);
            peer.say(refusal(protocol, tag));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, server, TlsMode.NONE)
                    .withLogin(login("alice", "s3cret!", Optional.of(mechanism))));

            server.awaitScripts();
            assertThat(failure(result)).isInstanceOfSatisfying(Failure.LoginRejected.class, rejected -> {
                assertThat(rejected.mechanism()).isEqualTo(mechanism);
                assertThat(rejected.announced()).isEqualTo(mechanism.equals("IMAP-LOGIN"));
            });
            assertThat(server.heard()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, PLAIN", "POP3, LOGIN", "SMTP, PLAIN"})
    void triesNoOtherMechanismAfterARejection(Protocol protocol, String first) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            String tag = Session.plain(protocol).serve(peer, 2);
            peer.say(refusal(protocol, tag));
            peer.ignore();
        })) {
            CheckResult result = checks.run(
                    endpoint(protocol, server, TlsMode.NONE).withLogin(login("alice", "s3cret!", Optional.empty())));

            server.awaitScripts();
            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.LoginRejected.class,
                            rejected -> assertThat(rejected.mechanism()).isEqualTo(first));
            assertThat(server.heard()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, NTLM", "POP3, GSSAPI", "SMTP, 'PLAIN\r\nDATA'", "SMTP, USER", "POP3, IMAP-LOGIN"})
    void sendsNoMechanismThatItDoesNotHave(Protocol protocol, String mechanism) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(peer -> Session.plain(protocol).serve(peer))) {
            CheckResult result = checks.run(endpoint(protocol, server, TlsMode.NONE)
                    .withLogin(login("alice", "s3cret!", Optional.of(mechanism))));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            assertThat(server.heard()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POP3, USER, 's3\ncret'",
        "POP3, USER, 's3cret\r'",
        "POP3, PLAIN, 's3\u0000cret'",
        "SMTP, PLAIN, 's3\u0000cret'",
        "IMAP, IMAP-LOGIN, 's3\u0000cret'"
    })
    void sendsNothingThatTheMechanismCannotCarry(Protocol protocol, String mechanism, String password)
            throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(peer -> Session.plain(protocol).serve(peer))) {
            CheckResult result = checks.run(endpoint(protocol, server, TlsMode.NONE)
                    .withLogin(login("alice", password, Optional.of(mechanism))));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            assertThat(server.heard()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'alice', 's3cret!', 'a1 LOGIN \"alice\" \"s3cret!\"'",
        "'al \"ice', 'back\\slash', 'a1 LOGIN \"al \\\"ice\" \"back\\\\slash\"'"
    })
    void quotesWhatAQuotedStringCanHold(String user, String password, String command) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.answer("TAG OK [CAPABILITY IMAP4rev1] in");
            peer.answer("TAG OK");
            peer.answer("TAG OK");
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(login(user, password, Optional.of("IMAP-LOGIN"))));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server.heard()).startsWith(command);
        }
    }

    @Test
    void sendsAsLiteralWhatAQuotedStringCannotHold() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.hear();
            peer.say("+ go on");
            peer.hear(6);
            peer.hear();
            peer.say("+ go on");
            peer.hear(8);
            peer.hear();
            peer.say("* X {4}", "a\r\nb", "a1 OK [CAPABILITY IMAP4rev1] in");
            peer.answer("TAG OK");
            peer.answer("TAG OK");
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(login("älice", "s3\r\ncret", Optional.of("IMAP-LOGIN"))));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server.heard()).startsWith("a1 LOGIN {6}", "älice", " {8}", "s3\r\ncret", "");
        }
    }

    @Test
    void sendsNoLiteralThatTheServerDoesNotWant() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.answer("TAG NO [TOOBIG] not so long");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(login("älice", "s3cret!", Optional.of("IMAP-LOGIN"))));

            server.awaitScripts();
            assertThat(failure(result))
                    .isEqualTo(new Failure.LoginRejected(
                            "IMAP-LOGIN", true, "a1 NO [TOOBIG] not so long", Optional.of("TOOBIG")));
            assertThat(server.heard()).isEqualTo(List.of("a1 LOGIN {6}"));
        }
    }

    private static String refusal(Protocol protocol, String tag) {
        return switch (protocol) {
            case IMAP -> tag + " NO [AUTHENTICATIONFAILED] no";
            case POP3 -> "-ERR [AUTH] no";
            case SMTP -> "535 5.7.8 no";
        };
    }

    private static Login login(String user, String password, Optional<String> mechanism) {
        return new Login.Password(
                user, Secret.of(password), mechanism.map(SaslSettings::of).orElse(SaslSettings.automatic()));
    }
}
