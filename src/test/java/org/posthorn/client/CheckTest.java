package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.endpoint;
import static org.posthorn.testkit.Checks.phases;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

class CheckTest {
    private static final Login ALICE = Login.password("alice", Secret.of("s3cret!"));

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @Test
    void logsInToImapAndLeavesInOrder() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
            peer.answer("TAG OK [CAPABILITY IMAP4rev1 IDLE] Logged in");
            peer.answer("TAG OK done");
            peer.answer("* BYE see you", "TAG OK done");
        })) {
            CheckResult result =
                    checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE).withLogin(ALICE));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(phases(result))
                    .containsExactly(
                            Phase.RESOLVE,
                            Phase.CONNECT,
                            Phase.GREETING,
                            Phase.CAPABILITIES,
                            Phase.LOGIN,
                            Phase.CAPABILITIES,
                            Phase.READY);
            assertThat(result.timeline().capabilities(Facts.Stage.AFTER_LOGIN)).containsExactly("IMAP4rev1", "IDLE");
            assertThat(result.timeline().state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(result.roundTrip()).isPresent();
            assertThat(server.heard())
                    .containsExactly("a1 AUTHENTICATE PLAIN AGFsaWNlAHMzY3JldCE=", "a2 NOOP", "a3 LOGOUT");
        }
    }

    @Test
    void tellsTheServersWordsWhenTheLoginIsRejected() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("+OK ready");
            peer.hear();
            peer.say("+OK", "USER", "SASL PLAIN", ".");
            peer.hear();
            peer.say("-ERR [AUTH] no such luck");
            peer.ignore();
        })) {
            CheckResult result =
                    checks.run(endpoint(Protocol.POP3, server, TlsMode.NONE).withLogin(ALICE));

            assertThat(result.timeline().failure())
                    .contains(
                            new Failure.LoginRejected("PLAIN", true, "-ERR [AUTH] no such luck", Optional.of("AUTH")));
        }
    }

    @Test
    void asksSmtpForItsExtensionsAgainAfterTheLogin() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("220-mail.example.org", "220 ready");
            peer.hear();
            peer.say("250-mail.example.org", "250-SIZE 1000", "250 AUTH LOGIN");
            peer.hear();
            peer.say("334 VXNlcm5hbWU6");
            peer.hear();
            peer.say("334 UGFzc3dvcmQ6");
            peer.hear();
            peer.say("235 2.7.0 ok");
            peer.hear();
            peer.say("250-mail.example.org", "250 SIZE 2000");
            peer.hear();
            peer.say("250 ok");
            peer.hear();
            peer.say("221 bye");
        })) {
            CheckResult result =
                    checks.run(endpoint(Protocol.SMTP, server, TlsMode.NONE).withLogin(ALICE));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(result.timeline().capabilities(Facts.Stage.BEFORE_TLS))
                    .containsExactly("SIZE 1000", "AUTH LOGIN");
            assertThat(result.timeline().capabilities(Facts.Stage.AFTER_LOGIN)).containsExactly("SIZE 2000");
            assertThat(server.heard().getFirst()).isEqualTo("EHLO [127.0.0.1]");
            assertThat(checks.logText()).doesNotContain("czNjcmV0IQ").doesNotContain("s3cret!");
        }
    }

    @Test
    void stopsBeforeTheLoginAfterAPhaseThatTheSessionDoesNotHave() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
            peer.answer("* BYE", "TAG OK done");
        })) {
            CheckOptions options = new CheckOptions(true, Optional.of(Phase.STARTTLS));
            CheckResult result =
                    checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE).withLogin(ALICE), options);

            assertThat(result.outcome()).isEqualTo(CheckOutcome.STOPPED);
            assertThat(server.heard()).containsExactly("a1 LOGOUT");
        }
    }

    @Test
    void keepsTheWholeGreetingOfAPortThatSpeaksNoTls() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK IMAP4rev1 in plaintext", "* BYE");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT));

            assertThat(result.timeline().failure()).contains(new Failure.TlsNotSpoken("* OK IMAP4rev1 in plaintext"));
        }
    }

    @Test
    void asksASilentPortForTlsWithALimitOfItsOwn() throws Exception {
        SSLContext context = Certificates.authority().leaf("localhost").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(context, peer -> peer.hold())) {
            Timeouts impatient = Timeouts.defaults().withGreeting(Duration.ofMillis(1));
            CheckResult result =
                    checks.run(endpoint(Protocol.SMTP, server, TlsMode.NONE).withTimeouts(impatient));

            assertThat(result.timeline().failure())
                    .contains(new Failure.GreetingTimeout(Duration.ofMillis(1), 0, Facts.Probe.TLS_ANSWERED));
        }
    }

    @Test
    void hidesWhatIsSecretBesideTheEndpoints() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* BYE pass-phrase-canary");
            peer.end();
        })) {
            CheckOptions options = CheckOptions.complete().alsoHiding(List.of(Secret.of("pass-phrase-canary")));
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE), options);

            assertThat(result.toString() + checks.logText()).doesNotContain("pass-phrase-canary");
        }
    }
}
