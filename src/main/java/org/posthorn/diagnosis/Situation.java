package org.posthorn.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;

/** The settings and what happened with them, asked the questions that a diagnosis asks. */
record Situation(Endpoint endpoint, Timeline timeline) {

    /** Up to the failure that counts: of several attempts it need not be the last one's. */
    static Situation of(Endpoint endpoint, Timeline timeline) {
        int decisive = timeline.records().stream()
                .filter(record -> record.failure().isPresent())
                .filter(record -> record.failure().equals(timeline.failure()))
                .mapToInt(PhaseRecord::attempt)
                .max()
                .orElse(Integer.MAX_VALUE);
        List<PhaseRecord> records = timeline.records().stream()
                .filter(record -> record.attempt() <= decisive)
                .toList();
        return new Situation(
                endpoint, new Timeline(timeline.connection(), timeline.state(), records, timeline.failure()));
    }

    Protocol protocol() {
        return endpoint.protocol();
    }

    /** The port of the last attempt; through a proxy the connection itself has another than the server. */
    int port() {
        return proxy().isPresent()
                ? endpoint.effectivePort()
                : timeline.latest(Facts.Connected.class)
                        .map(Facts.Connected::port)
                        .orElse(endpoint.effectivePort());
    }

    /** Host and port of the proxy in between, the system's own where that was asked for; absent on the direct way. */
    Optional<String> proxy() {
        return endpoint.proxy()
                .flatMap(proxy -> proxy.kind() == ProxyKind.SYSTEM
                        ? timeline.latest(Facts.SystemProxy.class)
                                .flatMap(Facts.SystemProxy::proxy)
                                .map(named -> named.replaceFirst("^\\w+://", ""))
                        : Optional.of(proxy.host() + ":" + proxy.effectivePort()));
    }

    /** The addresses that were to be connected to, the server's or its proxy's. */
    List<String> dialled() {
        return proxy().isPresent()
                ? timeline.latest(Facts.ProxyResolved.class)
                        .map(Facts.ProxyResolved::addresses)
                        .orElse(List.of())
                : timeline.latest(Facts.Resolved.class)
                        .map(Facts.Resolved::addresses)
                        .orElse(List.of());
    }

    private boolean isPortOf(TlsMode mode) {
        return port() == protocol().defaultPort(mode);
    }

    boolean onImplicitTlsPort() {
        return isPortOf(TlsMode.IMPLICIT);
    }

    /** A port where plaintext comes first; SMTP has a second one, for relays. */
    boolean onCleartextPort() {
        return isPortOf(TlsMode.STARTTLS) || onRelayPort();
    }

    boolean onRelayPort() {
        return protocol() == Protocol.SMTP && port() == 25;
    }

    /** The security of the last attempt, which ANY_TLS and AUTO leave to the attempt. */
    boolean attemptedStarttls() {
        return inLastAttempt(Phase.STARTTLS).isPresent();
    }

    boolean tlsInForce() {
        return inLastAttempt(Phase.TLS)
                .filter(record -> record.outcome() == Outcome.OK)
                .isPresent();
    }

    private Optional<PhaseRecord> inLastAttempt(Phase phase) {
        return timeline.last(phase)
                .filter(record ->
                        record.attempt() == timeline.records().getLast().attempt());
    }

    Optional<TlsFacts> tls() {
        return timeline.latest(TlsFacts.class);
    }

    /** Whether the server has proved who it is. */
    boolean serverIsKnown() {
        return tlsInForce() && tls().filter(TlsFacts::trusted).isPresent();
    }

    /** What the server can do, as it said last. */
    List<String> capabilities() {
        List<String> afterTls = timeline.capabilities(Facts.Stage.AFTER_TLS);
        return afterTls.isEmpty() ? timeline.capabilities(Facts.Stage.BEFORE_TLS) : afterTls;
    }

    boolean starttlsAnnounced() {
        String name = protocol() == Protocol.POP3 ? "STLS" : "STARTTLS";
        return timeline.capabilities(Facts.Stage.BEFORE_TLS).stream()
                .anyMatch(capability -> capability.toUpperCase(Locale.ROOT).equals(name));
    }

    /** The mechanism that was sent, as far as it is known. */
    String mechanism() {
        return timeline.latest(Facts.LoggedIn.class)
                .flatMap(Facts.LoggedIn::mechanism)
                .orElse("the login");
    }

    /** The SASL mechanisms that the server offered for the login. */
    List<String> mechanisms() {
        return timeline.latest(Facts.LoggedIn.class)
                .map(Facts.LoggedIn::offered)
                .orElse(List.of());
    }

    /** Where the token comes from a provider, one of its settings is the remedy, else the token itself. */
    Field tokenField(Field ofProvider) {
        return endpoint.login() instanceof Login.TokenProvider ? ofProvider : Field.ACCESS_TOKEN;
    }

    /** Who logs in, as typed or as the ticket says; empty without a login. */
    String user() {
        return endpoint.login() instanceof Login.Named login
                ? login.user()
                : timeline.latest(Facts.LoggedIn.class)
                        .map(Facts.LoggedIn::user)
                        .orElse("");
    }

    Optional<String> greeting() {
        return timeline.latest(Facts.Greeted.class).flatMap(Facts.Greeted::text);
    }

    Optional<Provider> provider() {
        return Provider.ofHost(endpoint.hostName()).or(() -> greeting().flatMap(Provider::ofGreeting));
    }

    /** A bridge on this machine has no need of TLS, unless a proxy takes what is said to it elsewhere. */
    boolean onThisMachine() {
        String host = endpoint.hostName();
        return proxy().isEmpty() && isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** When it happened: the start of its last phase, so that a kept timeline reads the same later. */
    Instant time() {
        return timeline.records().isEmpty()
                ? Instant.EPOCH
                : timeline.records().getLast().start();
    }
}
