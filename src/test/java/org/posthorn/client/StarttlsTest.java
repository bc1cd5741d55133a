package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.diagnosis.Cause;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;

/** What stands between the reply to STARTTLS and a login that nobody else reads. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class StarttlsTest {
    private static final SSLContext TLS =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();
    private static final int CONSENT = 2;

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtWordsThatCameWithTheConsent(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.send(join(consent(protocol, peer), injection(protocol)));
            peer.startTls(TLS);
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.STARTTLS, server));

            assertThat(failure(result)).isEqualTo(new Failure.StarttlsInjection(text(injection(protocol))));
            assertNoLogin(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtWordsThatCameInsteadOfTheHandshake(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.send(consent(protocol, peer));
            peer.hear(1);
            peer.send(injection(protocol));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.STARTTLS, server));

            assertThat(failure(result)).isEqualTo(new Failure.StarttlsInjection(text(injection(protocol))));
            assertNoLogin(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, a2 NO not today", "IMAP, a2 BAD what", "POP3, -ERR not today", "SMTP, 454 4.7.0 not today"})
    void tellsARefusalInTheServersWords(Protocol protocol, String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            Session.starttls(protocol).serve(peer, CONSENT);
            peer.say(refusal);
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.STARTTLS, server));

            assertThat(failure(result)).isEqualTo(new Failure.StarttlsRefused(refusal));
            assertNoLogin(server);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, %$#",
        "IMAP, '220 ready'",
        "POP3, %$#",
        "POP3, a2 OK begin",
        "SMTP, %$#",
        "SMTP, +OK begin",
        "SMTP, 220xready"
    })
    void tellsAReplyThatIsNone(Protocol protocol, String garbage) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            Session.starttls(protocol).serve(peer, CONSENT);
            peer.say(garbage);
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.STARTTLS, server));

            assertThat(failure(result)).isInstanceOf(Failure.ProtocolViolation.class);
            assertThat(failure(result).stage()).isEqualTo(Phase.STARTTLS);
            assertThat(cause(result)).isEqualTo(Cause.STARTTLS_SERVER_BROKEN);
            assertThat(Diagnosis.of(result.endpoint(), result.timeline()).getFirst())
                    .satisfies(finding -> assertThat(finding.user()).contains("no reply"))
                    .satisfies(finding -> assertThat(finding.evidence())
                            .anyMatch(evidence -> evidence.text().contains(garbage)));
            assertNoLogin(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenTheServerClosesInsteadOfTheReply(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            Session.starttls(protocol).serve(peer, CONSENT);
            peer.end();
        })) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.STARTTLS, server));

            assertThat(failure(result)).isInstanceOf(Failure.ConnectionLost.class);
            assertThat(failure(result).stage()).isEqualTo(Phase.STARTTLS);
            assertThat(cause(result)).isEqualTo(Cause.STARTTLS_SERVER_BROKEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsNoLongerForTheReplyThanItMay(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            Session.starttls(protocol).serve(peer, CONSENT);
            peer.ignore();
        })) {
            Duration limit = Duration.ofMillis(300);
            Endpoint endpoint = endpoint(protocol, TlsMode.STARTTLS, server);
            Timeouts timeouts = endpoint.timeouts();
            CheckResult result = checks.run(endpoint.withTimeouts(
                    new Timeouts(timeouts.resolve(), timeouts.connect(), timeouts.greeting(), limit)));

            assertThat(failure(result)).isEqualTo(new Failure.TimedOut(Phase.STARTTLS, limit));
            assertThat(cause(result)).isEqualTo(Cause.STARTTLS_SERVER_BROKEN);
            assertNoLogin(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenTheServerClosesInsteadOfTheHandshake(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.send(consent(protocol, peer));
            peer.end();
        })) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.STARTTLS, server));

            assertThat(failure(result).stage()).isEqualTo(Phase.TLS);
            assertThat(failure(result)).isInstanceOf(Failure.HandshakeFailed.class);
            server.awaitScripts();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, STARTTLS",
        "IMAP, ANY_TLS",
        "IMAP, AUTO",
        "POP3, STARTTLS",
        "POP3, ANY_TLS",
        "POP3, AUTO",
        "SMTP, STARTTLS",
        "SMTP, ANY_TLS",
        "SMTP, AUTO"
    })
    @DisplayName("security_options: no password goes out in plaintext when STARTTLS is stripped")
    void sendsNoPasswordInPlaintextWhenStarttlsIsStripped(Protocol protocol, TlsMode security) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(peer -> Session.plain(protocol).serve(peer))) {
            CheckResult result = checks.run(endpoint(protocol, security, server));

            assertThat(failure(result))
                    .isInstanceOf(
                            security == TlsMode.AUTO
                                    ? Failure.PlaintextNotAllowed.class
                                    : Failure.StarttlsNotOffered.class);
            assertThat(result.securityInForce()).isEqualTo(TlsMode.NONE);
            assertNoLogin(server);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, '* OK ready|* CAPABILITY IMAP4rev1 XXXXXXXX|TAG OK'",
        "POP3, '+OK ready|+OK|XXXX|.'",
        "SMTP, '220 ready|250-mail.test|250 XXXXXXXA'"
    })
    void namesAFirewallThatOverwritesTheOffer(Protocol protocol, String session) throws Exception {
        String[] lines = session.split("\\|", 2);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say(lines[0]);
            peer.answer(lines[1].split("\\|", -1));
            peer.ignore();
        })) {
            for (TlsMode security : List.of(TlsMode.STARTTLS, TlsMode.ANY_TLS, TlsMode.AUTO)) {
                CheckResult result = checks.run(endpoint(protocol, security, server));

                assertThat(Diagnosis.of(result.endpoint(), result.timeline()).getFirst())
                        .satisfies(finding -> assertThat(finding.cause()).isEqualTo(Cause.STARTTLS_NOT_OFFERED))
                        .satisfies(finding -> assertThat(finding.user()).contains("has overwritten"))
                        .satisfies(finding -> assertThat(finding.remedy()).contains("do not switch TLS off"));
                assertNoLogin(server);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnInPlaintextWhereTheAccountAllowsIt(Protocol protocol) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(peer -> Session.plain(protocol).serve(peer))) {
            CheckResult result =
                    checks.run(endpoint(protocol, TlsMode.AUTO, server).withAllowPlaintext(true));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(result.securityInForce()).isEqualTo(TlsMode.NONE);
            assertThat(result.timeline().last(Phase.STARTTLS).orElseThrow().outcome())
                    .isEqualTo(Outcome.SKIPPED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS", "ANY_TLS", "AUTO"})
    void takesNoPreauthenticationBeforeTls(TlsMode security) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] come in");
            peer.ignore();
        })) {
            CheckResult result =
                    checks.run(endpoint(Protocol.IMAP, security, server).withAllowPlaintext(true));

            assertThat(failure(result)).isInstanceOf(Failure.PreauthBeforeTls.class);
            assertThat(server.heard()).noneMatch(line -> line.startsWith("a"));
        }
    }

    @Test
    @DisplayName("get_capabilities: are asked for again under TLS, and those decide")
    void decidesByWhatTheServerSaysUnderTls() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN] ready");
            peer.answer("TAG OK begin");
            peer.startTls(TLS);
            peer.answer("* CAPABILITY IMAP4rev1 AUTH=LOGIN", "TAG OK");
            peer.answer("+ VXNlcm5hbWU6");
            peer.hear();
            peer.say("a4 NO no");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, TlsMode.STARTTLS, server));

            assertThat(server.heard()).startsWith("a1 STARTTLS", "a2 CAPABILITY", "a3 AUTHENTICATE LOGIN");
            assertThat(result.timeline().capabilities(Facts.Stage.BEFORE_TLS)).contains("AUTH=PLAIN");
            assertThat(result.timeline().capabilities(Facts.Stage.AFTER_TLS))
                    .containsExactly("IMAP4rev1", "AUTH=LOGIN");
        }
    }

    private static Cause cause(CheckResult result) {
        return Diagnosis.of(result.endpoint(), result.timeline()).getFirst().cause();
    }

    private static byte[] consent(Protocol protocol, ScriptedServer.Peer peer) throws IOException {
        Session session = Session.starttls(protocol);
        String tag = session.serve(peer, CONSENT);
        return session.replies().get(CONSENT).bytes(tag);
    }

    private static byte[] injection(Protocol protocol) {
        String text = switch (protocol) {
            case IMAP -> "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n";
            case POP3 -> "+OK have mail\r\n";
            case SMTP -> "250 have mail\r\n";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return (new String(first, StandardCharsets.UTF_8) + new String(second, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static void assertNoLogin(ScriptedServer server) {
        List<String> logins = server.heard().stream()
                .filter(line -> line.matches("(?i)(\\w+ )?(AUTH|AUTHENTICATE|LOGIN|USER|PASS)\\b.*"))
                .toList();
        assertThat(logins).isEmpty();
    }

    private static Endpoint endpoint(Protocol protocol, TlsMode security, ScriptedServer server) {
        return Checks.endpoint(protocol, server, security).withLogin(Login.password("alice", Secret.of("s3cret!")));
    }
}
