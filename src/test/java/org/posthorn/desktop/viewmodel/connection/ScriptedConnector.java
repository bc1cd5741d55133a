package org.posthorn.desktop.viewmodel.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.timeline.TlsFacts;

/** A connector whose sessions go as a test tells them to. */
public final class ScriptedConnector implements Connector {
    public static final Clock NOON = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private final List<Script> scripts = new ArrayList<>();
    private final List<Endpoint> renewed = new ArrayList<>();
    private final List<MessageOrder> orders = new ArrayList<>();
    private final List<MessageListener> messages = new ArrayList<>();
    private final List<ScriptedClient> clients = new ArrayList<>();
    private int stops;
    private Optional<Secret> renewal = Optional.empty();

    @Override
    public Session connect(Endpoint endpoint, SessionListener listener) {
        Script script = new Script(scripts.size() + 1, endpoint, listener);
        scripts.add(script);
        return script;
    }

    @Override
    public Session send(MessageOrder order, MessageListener listener) {
        orders.add(order);
        messages.add(listener);
        return () -> stops++;
    }

    /** The messages that were to be sent. */
    public List<MessageOrder> orders() {
        return orders;
    }

    /** Who hears of the message that was sent last. */
    public MessageListener message() {
        return messages.getLast();
    }

    /** How often the sending of a message was stopped. */
    public int stops() {
        return stops;
    }

    @Override
    public LiveClient client(Endpoint endpoint, LiveClientListener listener) {
        clients.add(new ScriptedClient(endpoint, listener));
        return clients.getLast();
    }

    /** The clients that were made, in their order. */
    public List<ScriptedClient> clients() {
        return clients;
    }

    @Override
    public void renewToken(Endpoint endpoint) {
        renewed.add(endpoint);
    }

    /** From now on the authorization server has given this refresh token. */
    public void renewTo(Secret next) {
        renewal = Optional.of(next);
    }

    @Override
    public Optional<Renewal> renewal(Endpoint endpoint) {
        return endpoint.login() instanceof Login.TokenProvider login
                ? renewal.map(next -> new Renewal(login, next))
                : Optional.empty();
    }

    /** The endpoints that were to get a new token. */
    public List<Endpoint> renewed() {
        return renewed;
    }

    /** The session that was begun last. */
    public Script last() {
        return scripts.getLast();
    }

    public int sessions() {
        return scripts.size();
    }

    /** One session. */
    public static final class Script implements Session {
        private final Endpoint endpoint;
        private final SessionListener listener;
        private final TimelineRecorder recorder;
        private boolean stopped;

        private Script(int number, Endpoint endpoint, SessionListener listener) {
            this.endpoint = endpoint;
            this.listener = listener;
            recorder = new TimelineRecorder(number, NOON, listener::progressed, UnaryOperator.identity());
        }

        @Override
        public void stop() {
            stopped = true;
        }

        public Endpoint endpoint() {
            return endpoint;
        }

        public boolean isStopped() {
            return stopped;
        }

        public TimelineRecorder recorder() {
            return recorder;
        }

        public Script pass(Phase phase, Facts facts) {
            recorder.begin(phase);
            recorder.succeed(facts);
            return this;
        }

        public Script reach(String address, int port) {
            pass(Phase.RESOLVE, new Facts.Resolved("mail.example.org", List.of(address)));
            Facts.Attempt attempt = new Facts.Attempt(address, port, Duration.ofMillis(11), Optional.empty());
            return pass(
                    Phase.CONNECT,
                    new Facts.Connected(List.of(attempt), port, Optional.of(address), Optional.of("192.0.2.1")));
        }

        public Script secure() {
            CertificateFacts certificate = new CertificateFacts(
                    "CN=mail.example.org",
                    "CN=R11,O=An Authority",
                    List.of("mail.example.org"),
                    NOON.instant().minus(Duration.ofDays(30)),
                    NOON.instant().plus(Duration.ofDays(61)),
                    "RSA 2048",
                    "SHA256withRSA",
                    "01",
                    "ab".repeat(32),
                    false,
                    "-----BEGIN CERTIFICATE-----\n");
            return pass(
                    Phase.TLS,
                    new TlsFacts(
                            List.of("TLSv1.2", "TLSv1.3"),
                            List.of("TLSv1.2", "TLSv1.3"),
                            "mail.example.org",
                            Optional.of("TLSv1.3"),
                            Optional.of("TLS_AES_256_GCM_SHA384"),
                            List.of(certificate),
                            List.of(),
                            List.of(),
                            false,
                            List.of(),
                            false,
                            HelloFacts.none(),
                            Optional.empty()));
        }

        public Script greet() {
            return pass(Phase.GREETING, new Facts.Greeted(Optional.of("* OK ready"), Optional.empty()));
        }

        public Script announce(Facts.Stage stage, String... capabilities) {
            return pass(Phase.CAPABILITIES, new Facts.Announced(stage, List.of(capabilities), true));
        }

        public Script logIn() {
            return pass(
                    Phase.LOGIN,
                    new Facts.LoggedIn(
                            Optional.of("PLAIN"),
                            "alice",
                            List.of("PLAIN", "LOGIN"),
                            Optional.of(new LoginAnswer.Accepted("a1 OK welcome", OptionalInt.empty()))));
        }

        /** All of a session with implicit TLS, to its end. */
        public void succeed() {
            recorder.become(ConnectionState.CONNECTING);
            reach("192.0.2.10", 993).secure().greet().announce(Facts.Stage.AFTER_TLS, "IMAP4rev1", "IDLE");
            logIn().pass(Phase.READY, new Facts.Live(Duration.ofMillis(2), false, Map.of()));
            listener.ended(recorder.snapshot());
        }

        public void fail(Failure failure) {
            recorder.finish(failure);
            listener.ended(recorder.snapshot());
        }

        public void crash(Throwable bug) {
            listener.broke(bug);
        }
    }
}
