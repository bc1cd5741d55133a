package org.posthorn.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.sasl.Tickets;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** Logins as the current user, whose tickets are scripted here: what only Windows can show stands behind the same words. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class CurrentUserLoginTest {
    private Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @Test
    @DisplayName("use_default_credentials: sends what the ticket says and tells whose it is")
    void sendsWhatTheTicketSaysAndTellsWhoseItIs() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=GSSAPI] ready");
            peer.hear();
            peer.say("+ ");
            peer.hear();
            peer.say("a1 OK [CAPABILITY IMAP4rev1] in");
            peer.answer("TAG OK");
            peer.answer("* BYE", "TAG OK");
        })) {
            checks = new Checks((service, identity) -> new Tickets.Proof(
                    "DOMAIN\\alice", new ScriptedClient(service.name() + "@" + service.host(), "two")));

            CheckResult result = check(server);

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            // “imap@127.0.0.1” and “two”.
            assertThat(server.heard()).startsWith("a1 AUTHENTICATE GSSAPI aW1hcEAxMjcuMC4wLjE=", "dHdv");
            assertThat(result.timeline().latest(Facts.LoggedIn.class).map(Facts.LoggedIn::user))
                    .contains("DOMAIN\\alice");
        }
    }

    @Test
    void doesNotBelieveAServerThatHasNotProvenItself() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=GSSAPI] ready");
            peer.answer("TAG OK in");
            peer.ignore();
        })) {
            checks = new Checks((_, _) -> new Tickets.Proof("alice", new ScriptedClient("one", "two")));

            assertThat(failure(check(server))).isEqualTo(new Failure.ServerNotProven("GSSAPI"));
        }
    }

    @Test
    @DisplayName("use_default_credentials: without a ticket nothing is sent and the problem is clear")
    void sendsNothingWithoutATicket() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=GSSAPI] ready");
            peer.ignore();
        })) {
            checks = new Checks((_, _) -> {
                throw new FailureException(new Failure.NoTicket("no credentials cache found"));
            });

            assertThat(failure(check(server))).isEqualTo(new Failure.NoTicket("no credentials cache found"));
            server.awaitScripts();
            assertThat(server.heard()).isEmpty();
        }
    }

    @Test
    void asksForNoTicketWhereTheServerTakesNone() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
            peer.ignore();
        })) {
            checks = new Checks((_, _) -> {
                throw new IllegalStateException("asked for a ticket");
            });

            assertThat(failure(check(server))).isInstanceOf(Failure.MechanismNotOffered.class);
        }
    }

    private CheckResult check(ScriptedServer server) {
        return checks.run(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE).withLogin(Login.currentUser()));
    }

    /** Says its messages one after the other, and is complete with the last. */
    private static final class ScriptedClient implements SaslClient {
        private final Deque<String> messages;

        ScriptedClient(String... messages) {
            this.messages = new ArrayDeque<>(Arrays.asList(messages));
        }

        @Override
        public byte[] evaluateChallenge(byte[] challenge) throws SaslException {
            String message = messages.poll();
            if (message == null) {
                throw new SaslException("nothing more to say");
            }
            return message.getBytes(UTF_8);
        }

        @Override
        public boolean isComplete() {
            return messages.isEmpty();
        }

        @Override
        public String getMechanismName() {
            return "GSSAPI";
        }

        @Override
        public boolean hasInitialResponse() {
            return true;
        }

        @Override
        public byte[] unwrap(byte[] incoming, int offset, int length) {
            throw new IllegalStateException("nothing is sealed");
        }

        @Override
        public byte[] wrap(byte[] outgoing, int offset, int length) {
            throw new IllegalStateException("nothing is sealed");
        }

        @Override
        public Object getNegotiatedProperty(String name) {
            throw new IllegalStateException("nothing is negotiated");
        }

        @Override
        public void dispose() {}
    }
}
