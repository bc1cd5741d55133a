package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.Misbehaviour;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.testkit.Together;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;

/** Servers that are honest up to some reply and then are not: each check ends, in the right phase, with nothing left. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class HostileServerTest {
    /** Smaller than the usual ones, since each case that floods reads up to them. */
    private static final ByteCaps CAPS = new ByteCaps(4 * 1024, 16 * 1024, 4 * 1024);

    @ParameterizedTest
    @EnumSource
    @DisplayName("timeout: ends every wait for a server that is silent, drips or floods, in its phase")
    void endsInThePhaseInWhichThePlaintextServerMisbehaves(Protocol protocol) {
        Together.run(cases(Session.plain(protocol)));
    }

    @ParameterizedTest
    @EnumSource
    void endsInThePhaseInWhichTheServerBehindStarttlsMisbehaves(Protocol protocol) {
        Together.run(cases(Session.starttls(protocol)));
    }

    @ParameterizedTest
    @EnumSource
    void endsAtEachByteAtWhichThePlaintextServerStops(Protocol protocol) {
        Session session = Session.plain(protocol);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int reply = 0; reply < session.replies().size(); reply++) {
            int length = session.replies().get(reply).bytes("a1").length;
            for (int cut = 0; cut < length; cut++) {
                cases.putAll(cuts(session, reply, cut));
            }
        }
        Together.run(cases);
    }

    @ParameterizedTest
    @EnumSource
    void endsAtEachLineAtWhichTheServerBehindStarttlsStops(Protocol protocol) {
        Session session = Session.starttls(protocol);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int reply = 0; reply < session.replies().size(); reply++) {
            String text = session.replies().get(reply).text();
            for (int end = text.indexOf('\n'); end >= 0 && end < text.length() - 1; end = text.indexOf('\n', end + 1)) {
                cases.putAll(cuts(session, reply, bytes(text.substring(0, end + 1)).length));
            }
            cases.putAll(cuts(session, reply, 0));
        }
        Together.run(cases);
    }

    @ParameterizedTest
    @ValueSource(strings = {"* OK {1900000000}", "* OK {9999999999}"})
    void readsNoLiteralThatIsLargerThanAReplyMayBe(String greeting) throws Exception {
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say(greeting);
                    Misbehaviour.ENDLESS_LINE.act(peer, Protocol.IMAP, () -> {});
                })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, TlsMode.NONE, server));

            assertThat(Checks.failure(result))
                    .isEqualTo(new Failure.TooMuchReceived(Phase.GREETING, "a reply", 64 * 1024));
            server.awaitScripts();
        }
    }

    @Test
    void countsLiteralsOfNothingToo() throws Exception {
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* OK {0}");
                    while (true) {
                        peer.send(bytes("{0}\r\n".repeat(1_000)));
                    }
                })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, TlsMode.NONE, server));

            assertThat(Checks.failure(result)).isInstanceOf(Failure.TooMuchReceived.class);
            server.awaitScripts();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsLittleOfAFlood(Protocol protocol) throws Exception {
        try (Checks checks = new Checks();
                ScriptedServer server =
                        ScriptedServer.of(peer -> Misbehaviour.ENDLESS_LINE.act(peer, protocol, () -> {}))) {
            checks.run(endpoint(protocol, TlsMode.NONE, server));
            server.awaitScripts();

            assertThat(checks.logText()).hasSizeLessThan(200_000);
        }
    }

    private Map<String, Together.Case> cases(Session session) {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int i = 0; i < session.replies().size(); i++) {
            int reply = i;
            Arrays.stream(Misbehaviour.values())
                    .filter(m -> isOne(m, session, reply))
                    .forEach(m -> cases.put(m + " instead of reply " + reply, () -> misbehave(session, reply, m)));
        }
        return cases;
    }

    /** Where one line is the whole reply, lines without end are no misbehaviour before the next. */
    private static boolean isOne(Misbehaviour misbehaviour, Session session, int reply) {
        Phase phase = session.replies().get(reply).phase();
        boolean oneLine = switch (session.protocol()) {
            case IMAP -> phase == Phase.GREETING;
            case POP3 -> phase != Phase.CAPABILITIES;
            case SMTP -> false;
        };
        return misbehaviour != Misbehaviour.ENDLESS_LINES || !oneLine;
    }

    private void misbehave(Session session, int reply, Misbehaviour misbehaviour) throws Exception {
        ManualTimer timer = new ManualTimer();
        try (Checks checks = new Checks(new Network(AddressLookup.system(), CAPS, timer));
                ScriptedServer server = ScriptedServer.of(peer -> {
                    session.serve(peer, reply);
                    misbehaviour.act(peer, session.protocol(), timer::elapse);
                })) {
            CheckResult result = checks.run(endpoint(session.protocol(), session.security(), server));

            server.awaitScripts();
            expect(
                    session,
                    reply,
                    result,
                    failure(misbehaviour, session.replies().get(reply).phase()));
        }
    }

    private Map<String, Together.Case> cuts(Session session, int reply, int bytes) {
        return Map.of(
                "end in reply " + reply + " after " + bytes, () -> cut(session, reply, bytes, ScriptedServer.Peer::end),
                "reset in reply " + reply + " after " + bytes,
                        () -> cut(session, reply, bytes, ScriptedServer.Peer::reset));
    }

    private interface Ending {
        void end(ScriptedServer.Peer peer) throws IOException;
    }

    private void cut(Session session, int reply, int bytes, Ending ending) throws Exception {
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(peer -> {
                    String tag = session.serve(peer, reply);
                    peer.send(Arrays.copyOf(session.replies().get(reply).bytes(tag), bytes));
                    ending.end(peer);
                })) {
            CheckResult result = checks.run(endpoint(session.protocol(), session.security(), server));

            server.awaitScripts();
            expect(session, reply, result, Failure.ConnectionLost.class);
        }
    }

    private static void expect(Session session, int reply, CheckResult result, Class<? extends Failure> failure) {
        assertThat(result.timeline().state().isFinal()).isTrue();
        if (session.isFarewell(reply)) {
            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        } else {
            assertThat(Checks.failure(result)).isInstanceOf(failure);
            assertThat(Checks.failure(result).stage())
                    .isEqualTo(result.timeline().records().getLast().phase())
                    .isIn(phases(session, reply));
        }
    }

    /** A reset in place of the greeting may come before connecting has ended. */
    private static Set<Phase> phases(Session session, int reply) {
        Phase phase = session.replies().get(reply).phase();
        return phase == Phase.GREETING ? EnumSet.of(Phase.CONNECT, phase) : EnumSet.of(phase);
    }

    private static Class<? extends Failure> failure(Misbehaviour misbehaviour, Phase phase) {
        return switch (misbehaviour) {
            case SILENT, DRIP -> phase == Phase.GREETING ? Failure.GreetingTimeout.class : Failure.TimedOut.class;
            case ENDLESS_LINE, ENDLESS_LINES, ENDLESS_ZEROS -> Failure.TooMuchReceived.class;
            case GARBAGE -> Failure.ProtocolViolation.class;
            case HTTP -> phase == Phase.GREETING ? Failure.WrongProtocol.class : Failure.ProtocolViolation.class;
            case TLS_ALERT, END, RESET -> Failure.ConnectionLost.class;
        };
    }

    private static Endpoint endpoint(Protocol protocol, TlsMode security, ScriptedServer server) {
        return Checks.endpoint(protocol, server, security).withLogin(Login.password("alice", Secret.of("s3cret!")));
    }

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
