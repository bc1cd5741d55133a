package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.endpoint;
import static org.posthorn.testkit.Checks.failure;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
import org.posthorn.timeline.LoginAnswer;

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
            assertThat(result.login())
                    .hasValueSatisfying(answer -> assertThat(answer)
                            .isInstanceOfSatisfying(
                                    LoginAnswer.Rejected.class,
                                    rejected -> assertThat(rejected.offer())
                                            .isEqualTo(
                                                    mechanism.equals("IMAP-LOGIN")
                                                            ? LoginAnswer.Offer.OFFERED
                                                            : LoginAnswer.Offer.NOT_OFFERED)));
            assertThat(server.heard()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, PLAIN", "POP3, LOGIN", "SMTP, PLAIN"})
    @DisplayName("validate_credentials: a rejection is never tried again by another mechanism")
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
    @CsvSource({"IMAP, SKEY", "POP3, KERBEROS_V4", "SMTP, 'PLAIN\r\nDATA'", "SMTP, USER", "POP3, IMAP-LOGIN"})
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
        "POP3, 'SCRAM-SHA-1,LOGIN,USER', LOGIN",
        "POP3, 'APOP,LOGIN', LOGIN",
        "IMAP, 'CRAM-MD5,IMAP-LOGIN,PLAIN', IMAP-LOGIN",
        "SMTP, 'LOGIN,PLAIN', PLAIN"
    })
    void sendsTheFirstAllowedMechanismThatIsOfferedAndNoSecond(Protocol protocol, String allowed, String sent)
            throws Exception {
        Session session = Session.plain(protocol);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            String tag = session.serve(peer, 2);
            peer.say(refusal(protocol, tag));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, server, TlsMode.NONE)
                    .withLogin(Login.password("alice", Secret.of("s3cret!"))
                            .withSasl(SaslSettings.of(allowed.split(",")))));

            server.awaitScripts();
            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.LoginRejected.class,
                            rejected -> assertThat(rejected.mechanism()).isEqualTo(sent));
            assertThat(server.heard()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingWhenNoneOfSeveralIsOffered(Protocol protocol) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(peer -> Session.plain(protocol).serve(peer))) {
            CheckResult result = checks.run(endpoint(protocol, server, TlsMode.NONE)
                    .withLogin(Login.password("alice", Secret.of("s3cret!"))
                            .withSasl(SaslSettings.of("SCRAM-SHA-256", "CRAM-MD5"))));

            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.MechanismNotOffered.class,
                            missing -> assertThat(missing.usable()).containsExactly("SCRAM-SHA-256", "CRAM-MD5"));
            assertThat(server.heard()).hasSize(1);
        }
    }

    @Test
    void digestsTheTimestampOfTheGreetingForApop() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>");
            peer.hear();
            peer.say("+OK", "USER", ".");
            peer.answer("+OK maildrop has 1 message (369 octets)");
            peer.hear();
            peer.say("+OK", ".");
            peer.answer("+OK");
            peer.answer("+OK");
        })) {
            CheckResult result = checks.run(endpoint(Protocol.POP3, server, TlsMode.NONE)
                    .withLogin(login("mrose", "tanstaaf", Optional.of("APOP"))));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server.heard()).contains("APOP mrose c4c9334bac560ecc979e58001b3e22fb");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OK ready", "+OK ready <only-one-part>", "+OK ready <a\u0001b@c>", "+OK <a b@c>"})
    void sendsNoApopWithoutAProperTimestamp(String greeting) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say(greeting);
            peer.hear();
            peer.say("+OK", "USER", ".");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.POP3, server, TlsMode.NONE)
                    .withLogin(login("mrose", "tanstaaf", Optional.of("APOP"))));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            assertThat(server.heard()).containsExactly("CAPA");
        }
    }

    /** It needs the password in the clear on the server, and a timestamp is often there without that. */
    @Test
    void takesNoApopByItself() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("+OK ready <1896.697170952@dbc.mtview.ca.us>");
            peer.hear();
            peer.say("+OK", "UIDL", ".");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.POP3, server, TlsMode.NONE)
                    .withLogin(login("mrose", "tanstaaf", Optional.empty())));

            assertThat(failure(result)).isInstanceOf(Failure.AuthenticationNotOffered.class);
            assertThat(server.heard()).containsExactly("CAPA");
        }
    }

    @Test
    void asksToActAsTheAuthorizationIdentity() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("220 ready");
            peer.hear();
            peer.say("250-mail.test", "250 AUTH LOGIN PLAIN");
            peer.hear();
            peer.say("535 5.7.8 no");
            peer.ignore();
        })) {
            checks.run(endpoint(Protocol.SMTP, server, TlsMode.NONE).withLogin(actingAs("shared", Optional.empty())));

            server.awaitScripts();
            assertThat(server.heard()).contains("AUTH PLAIN c2hhcmVkAGFsaWNlAHMzY3JldCE=");
        }
    }

    @ParameterizedTest
    @CsvSource({"LOGIN, shared", "CRAM-MD5, shared", "PLAIN, 'sha\u0000red'"})
    void sendsNothingThatCannotCarryTheAuthorizationIdentity(String mechanism, String identity) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(peer -> Session.plain(Protocol.SMTP).serve(peer))) {
            CheckResult result = checks.run(endpoint(Protocol.SMTP, server, TlsMode.NONE)
                    .withLogin(actingAs(identity, Optional.of(mechanism))));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            assertThat(server.heard()).hasSize(1);
        }
    }

    private static Login actingAs(String identity, Optional<String> mechanism) {
        SaslSettings sasl = mechanism.map(SaslSettings::of).orElse(SaslSettings.automatic());
        return Login.password("alice", Secret.of("s3cret!")).withSasl(sasl.withAuthorizationId(Optional.of(identity)));
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
