package org.posthorn.desktop.view.window;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.account.Endpoint;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.desktop.viewmodel.connection.LiveClient;
import org.posthorn.desktop.viewmodel.connection.LiveClientListener;
import org.posthorn.desktop.viewmodel.connection.MessageListener;
import org.posthorn.desktop.viewmodel.connection.MessageOrder;
import org.posthorn.desktop.viewmodel.connection.Renewal;
import org.posthorn.desktop.viewmodel.connection.ScriptedClient;
import org.posthorn.desktop.viewmodel.connection.Session;
import org.posthorn.desktop.viewmodel.connection.SessionListener;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireLog;

/** Plays a connection that a host's name tells: one that is ready, one whose login fails, one that goes on for ever. */
final class PlayedConnector implements Connector {
    private static final Instant START = Instant.parse("2026-11-23T10:41:07Z");

    private final WireLog log;
    private final Clock clock;
    private final List<PhaseRecord> records = new ArrayList<>();
    private final List<ScriptedClient> clients = new ArrayList<>();

    PlayedConnector(WireLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Session connect(Endpoint endpoint, SessionListener listener) {
        records.clear();
        if (endpoint.host().startsWith("signin")) {
            records.add(record(Phase.LOGIN, 0, Outcome.RUNNING, signIn()));
            listener.progressed(timeline(ConnectionState.CONNECTING, Optional.empty()));
            return () ->
                    listener.ended(timeline(ConnectionState.BROKEN, Optional.of(new Failure.Cancelled(Phase.LOGIN))));
        }
        if (endpoint.host().startsWith("untrusted")
                && endpoint.tls().trust().fingerprints().isEmpty()) {
            return distrust(listener);
        }
        toTheCapabilities(endpoint);
        if (endpoint.host().startsWith("slow")) {
            records.add(record(Phase.LOGIN, 0, Outcome.RUNNING, Facts.none()));
            listener.progressed(timeline(ConnectionState.AUTHENTICATING, Optional.empty()));
            return () ->
                    listener.ended(timeline(ConnectionState.BROKEN, Optional.of(new Failure.Cancelled(Phase.LOGIN))));
        }
        Optional<Failure> failure = endpoint.host().startsWith("bad") ? refuse() : accept();
        listener.ended(timeline(failure.isPresent() ? ConnectionState.BROKEN : ConnectionState.CLOSED, failure));
        return () -> {};
    }

    @Override
    public Session send(MessageOrder order, MessageListener listener) {
        PlayedMessage.play(order, listener);
        return () -> {};
    }

    @Override
    public LiveClient client(Endpoint endpoint, LiveClientListener listener) {
        clients.add(new ScriptedClient(endpoint, listener));
        return clients.getLast();
    }

    @Override
    public Optional<Renewal> renewal(Endpoint endpoint) {
        return Optional.empty();
    }

    @Override
    public void renewToken(Endpoint endpoint) {
        line(Direction.STATE, Phase.LOGIN, "a new token is wanted");
    }

    private void toTheCapabilities(Endpoint endpoint) {
        String name = endpoint.hostName();
        ok(Phase.RESOLVE, 2, new Facts.Resolved(name, List.of("2001:db8::10", "192.0.2.10")));
        ok(Phase.CONNECT, 11, connected());
        line(Direction.STATE, Phase.CONNECT, "connected to 192.0.2.10 port 993");
        ok(Phase.TLS, 24, tls(List.of()));
        line(Direction.TLS, Phase.TLS, "ClientHello TLS 1.2, TLS 1.3, server name " + name);
        line(Direction.TLS, Phase.TLS, "ServerHello TLS 1.3, TLS_AES_256_GCM_SHA384, x25519");
        ok(Phase.GREETING, 3, new Facts.Greeted(Optional.of("* OK IMAP4 service is ready."), Optional.empty()));
        line(Direction.SERVER, Phase.GREETING, "* OK IMAP4 service is ready.");
        line(Direction.CLIENT, Phase.CAPABILITIES, "a1 CAPABILITY");
        line(Direction.SERVER, Phase.CAPABILITIES, "* CAPABILITY " + String.join(" ", BEFORE_LOGIN));
        line(Direction.SERVER, Phase.CAPABILITIES, "a1 OK CAPABILITY completed.");
        ok(Phase.CAPABILITIES, 12, new Facts.Announced(Facts.Stage.AFTER_TLS, BEFORE_LOGIN, true));
    }

    private Session distrust(SessionListener listener) {
        CertificateProblem problem = new CertificateProblem.UnknownIssuer("CN=Example Root X1,O=Example CA");
        Failure failure = new Failure.CertificateRejected(List.of(problem));
        ok(Phase.CONNECT, 11, connected());
        records.add(new PhaseRecord(
                Phase.TLS,
                1,
                START,
                Duration.ofMillis(24),
                Outcome.FAILED,
                tls(List.of(problem)),
                Optional.of(failure)));
        listener.ended(timeline(ConnectionState.BROKEN, Optional.of(failure)));
        return () -> {};
    }

    private Optional<Failure> refuse() {
        line(Direction.CLIENT, Phase.LOGIN, "a2 AUTHENTICATE PLAIN ••••••");
        line(Direction.SERVER, Phase.LOGIN, "a2 NO [AUTHENTICATIONFAILED] Authentication failed.");
        line(Direction.CLIENT, Phase.READY, "a3 LOGOUT");
        line(Direction.SERVER, Phase.READY, "* BYE Logging out");
        Failure failure = new Failure.LoginRejected(
                "PLAIN",
                true,
                "a2 NO [AUTHENTICATIONFAILED] Authentication failed.",
                Optional.of("AUTHENTICATIONFAILED"));
        records.add(new PhaseRecord(
                Phase.LOGIN,
                1,
                START,
                Duration.ofMillis(118),
                Outcome.FAILED,
                login(false, "a2 NO [AUTHENTICATIONFAILED] Authentication failed."),
                Optional.of(failure)));
        return Optional.of(failure);
    }

    private Optional<Failure> accept() {
        line(Direction.CLIENT, Phase.LOGIN, "a2 AUTHENTICATE PLAIN ••••••");
        line(Direction.SERVER, Phase.LOGIN, "a2 OK [CAPABILITY IMAP4rev1 IDLE MOVE X-OWN] Logged in");
        ok(Phase.LOGIN, 18, login(true, "a2 OK Logged in"));
        List<String> later = new ArrayList<>(BEFORE_LOGIN.subList(0, 6));
        later.addAll(List.of("QUOTA", "MOVE", "CONDSTORE", "X-OWN"));
        ok(Phase.CAPABILITIES, 1, new Facts.Announced(Facts.Stage.AFTER_LOGIN, later, false));
        ok(Phase.READY, 4, Facts.none());
        line(Direction.CLIENT, Phase.READY, "a3 LOGOUT");
        line(Direction.SERVER, Phase.READY, "* BYE Logging out");
        return Optional.empty();
    }

    List<ScriptedClient> clients() {
        return clients;
    }

    /** What a connection with TLS has learnt. */
    PhaseRecord secured() {
        return record(Phase.TLS, 24, Outcome.OK, tls(List.of()));
    }

    private static final List<String> BEFORE_LOGIN = List.of(
            "IMAP4rev1", "SASL-IR", "LOGIN-REFERRALS", "ID", "ENABLE", "IDLE", "LITERAL+", "AUTH=PLAIN", "AUTH=LOGIN");

    private static Facts connected() {
        return new Facts.Connected(
                List.of(
                        new Facts.Attempt(
                                "2001:db8::10", 993, Duration.ofMillis(3), Optional.of("network unreachable")),
                        new Facts.Attempt("192.0.2.10", 993, Duration.ofMillis(8), Optional.empty())),
                993,
                Optional.of("192.0.2.10"),
                Optional.of("198.51.100.7"));
    }

    private TlsFacts tls(List<CertificateProblem> problems) {
        CertificateFacts server = certificate("CN=mail.acme.example", "CN=R11,O=Example CA", 61, false);
        CertificateFacts issuer = certificate("CN=R11,O=Example CA", "CN=Example Root X1,O=Example CA", 800, true);
        CertificateFacts root =
                certificate("CN=Example Root X1,O=Example CA", "CN=Example Root X1,O=Example CA", 3000, true);
        return new TlsFacts(
                List.of("TLSv1.2", "TLSv1.3"),
                List.of("TLSv1.2", "TLSv1.3"),
                "mail.acme.example",
                Optional.of("TLSv1.3"),
                Optional.of("TLS_AES_256_GCM_SHA384"),
                List.of(server, issuer),
                problems.isEmpty() ? List.of(server, issuer, root) : List.of(),
                problems,
                false,
                problems.isEmpty()
                        ? List.of(vouched(0, Revocation.Source.OCSP), vouched(1, Revocation.Source.CRL))
                        : List.of(),
                false,
                HelloFacts.none(),
                Optional.empty());
    }

    private Revocation vouched(int link, Revocation.Source source) {
        Instant until = clock.instant().plus(Duration.ofDays(5));
        return new Revocation(
                link,
                "",
                Revocation.Status.GOOD,
                source,
                "http://ca.example/",
                Optional.of(clock.instant()),
                Optional.of(until),
                "");
    }

    private CertificateFacts certificate(String subject, String issuer, int days, boolean authority) {
        return new CertificateFacts(
                subject,
                issuer,
                authority ? List.of() : List.of("mail.acme.example", "*.acme.example"),
                clock.instant().minus(Duration.ofDays(29)),
                clock.instant().plus(Duration.ofDays(days)).plusSeconds(60),
                "RSA 2048",
                "SHA256withRSA",
                "04a1",
                "ab".repeat(32),
                authority,
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    }

    private static Facts signIn() {
        return new Facts.TokenSought(
                "device",
                List.of(),
                Optional.of(new Facts.SignIn(
                        "https://login.acme.example/device", Optional.of("WDJB-MJHT"), START.plusSeconds(900))),
                Optional.empty(),
                Optional.empty());
    }

    private static TokenFacts token() {
        return new TokenFacts(
                true,
                Optional.of("https://login.acme.example/"),
                List.of("https://graph.acme.example"),
                List.of("Mail.Read", "User.Read"),
                List.of(),
                Optional.empty(),
                Optional.of(START.plusSeconds(3600)),
                Optional.empty(),
                List.of("bob@acme.example"),
                Optional.of("posthorn"),
                List.of(new TokenFacts.Mismatch(
                        TokenFacts.MismatchKind.AUDIENCE, "https://graph.acme.example", "https://outlook.office.com")));
    }

    private static Facts login(boolean accepted, String answer) {
        return new Facts.LoggedIn(
                Optional.of("PLAIN"),
                "alice@acme.example",
                List.of("PLAIN", "LOGIN"),
                Optional.of(
                        accepted
                                ? new LoginAnswer.Accepted(answer, OptionalInt.empty())
                                : new LoginAnswer.Rejected(
                                        answer,
                                        OptionalInt.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        LoginAnswer.Offer.OFFERED)),
                accepted ? Optional.of(token()) : Optional.empty());
    }

    private void ok(Phase phase, long millis, Facts facts) {
        records.add(record(phase, millis, Outcome.OK, facts));
    }

    private static PhaseRecord record(Phase phase, long millis, Outcome outcome, Facts facts) {
        return new PhaseRecord(phase, 1, START, Duration.ofMillis(millis), outcome, facts, Optional.empty());
    }

    private Timeline timeline(ConnectionState state, Optional<Failure> failure) {
        return new Timeline(1, state, records, failure);
    }

    private void line(Direction direction, Phase phase, String text) {
        log.append(1, direction, phase, text);
    }
}
