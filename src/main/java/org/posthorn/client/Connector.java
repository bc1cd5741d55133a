package org.posthorn.client;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.TlsMode;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.sasl.Tickets;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.proxy.SystemProxies;
import org.posthorn.transport.tls.TlsPreparation;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireLog;

/**
 * Makes connections: resolves once, then tries the endpoint's forms of TLS in their order until one carries the session or
 * a failure says that another form would not help. Every attempt stands in the timeline.
 */
public final class Connector {
    private final Network network;
    private final TrustAnchors anchors;
    private final Tickets tickets;
    private final WireLog log;
    private final Clock clock;
    private final TokenProviders providers;
    private final AtomicInteger connections = new AtomicInteger();

    /** With token providers of its own, which open no browser. */
    public Connector(Network network, TrustAnchors anchors, WireLog log, Clock clock) {
        this(network, anchors, log, clock, new TokenProviders(Machine.with(Browser.none())));
    }

    /** With token providers that it may share with other connectors, and the tickets of this machine. */
    public Connector(Network network, TrustAnchors anchors, WireLog log, Clock clock, TokenProviders providers) {
        this(network, anchors, log, clock, providers, Tickets.ofSystem());
    }

    /**
     * With all that it needs from outside.
     *
     * @param network how names are resolved and sockets opened
     * @param anchors the certificate authorities that are trusted where the endpoint names none
     * @param log hears every line of every connection, secrets as dots
     * @param clock by which certificates and tokens are valid
     * @param providers get and keep the access tokens
     * @param tickets Kerberos tickets for {@code Login.currentUser()}
     */
    public Connector(
            Network network,
            TrustAnchors anchors,
            WireLog log,
            Clock clock,
            TokenProviders providers,
            Tickets tickets) {
        this.network = network;
        this.anchors = anchors;
        this.tickets = tickets;
        this.log = log;
        this.clock = clock;
        this.providers = providers;
    }

    /** By which its connections tell the time. */
    Clock clock() {
        return clock;
    }

    /**
     * Connects on the calling thread. The endpoint must have no error among its problems.
     *
     * @return a connection that is ready or stopped and wants to be closed, or one that tells why it did not come about
     */
    public MailConnection connect(
            Endpoint endpoint, CheckOptions options, Cancellation cancellation, Consumer<Timeline> live) {
        SecretMask mask = new SecretMask(Stream.concat(endpoint.secrets().stream(), options.alsoSecret().stream())
                .toList());
        TimelineRecorder recorder = new TimelineRecorder(connections.incrementAndGet(), clock, live, mask::mask);
        recorder.become(ConnectionState.CONNECTING);
        Surroundings surroundings = new Surroundings(
                network,
                anchors,
                tickets,
                log,
                clock,
                connections::incrementAndGet,
                cancellation,
                recorder,
                mask,
                providers);
        try {
            refuseUnusable(endpoint, recorder);
            if (endpoint.login() instanceof Login.TokenProvider provider && options.reaches(Phase.LOGIN)) {
                new TokenSeeking(endpoint, surroundings).signIn(provider);
            }
            Endpoint sent = throughSystem(endpoint, mask, recorder);
            Way way = resolve(sent, cancellation, recorder);
            if (options.stopAfter().equals(Optional.of(Phase.RESOLVE))) {
                recorder.become(ConnectionState.CLOSING);
                recorder.become(ConnectionState.CLOSED);
                return new MailConnection(recorder, CheckOutcome.STOPPED, Optional.empty());
            }
            return tryForms(sent, options, way, surroundings);
        } catch (FailureException e) {
            recorder.finish(e.failure());
            recorder.become(ConnectionState.BROKEN);
            CheckOutcome outcome =
                    e.failure() instanceof Failure.Cancelled ? CheckOutcome.CANCELLED : CheckOutcome.FAILED;
            return new MailConnection(recorder, outcome, Optional.empty());
        }
    }

    /** What cannot be offered is never left out silently, nor found out only when the server waits. */
    private static void refuseUnusable(Endpoint endpoint, TimelineRecorder recorder) throws FailureException {
        if (endpoint.security() == TlsMode.NONE) {
            return;
        }
        Optional<Problem> error = TlsPreparation.problems(endpoint.tls()).stream()
                .filter(Problem::isError)
                .findFirst();
        if (error.isPresent()) {
            recorder.begin(Phase.TLS);
            throw new FailureException(new Failure.TlsSettingsUnusable(error.get()));
        }
    }

    /** With the proxy that the system names in place of its mention. */
    private Endpoint throughSystem(Endpoint endpoint, SecretMask mask, TimelineRecorder recorder)
            throws FailureException {
        if (endpoint.proxy().filter(proxy -> proxy.kind() == ProxyKind.SYSTEM).isEmpty()) {
            return endpoint;
        }
        recorder.begin(Phase.RESOLVE);
        SystemProxies.Answer answer = network.systemProxy(endpoint);
        Endpoint sent = endpoint.withProxy(answer.proxy());
        mask.hide(sent.secrets());
        recorder.succeed(new Facts.SystemProxy(
                answer.source(),
                answer.proxy().map(proxy -> proxy.kind().word() + "://" + proxy.host() + ":" + proxy.effectivePort())));
        return sent;
    }

    private Way resolve(Endpoint endpoint, Cancellation cancellation, TimelineRecorder recorder)
            throws FailureException {
        String server = HostNames.ascii(endpoint.hostName());
        if (endpoint.proxy().isEmpty()) {
            return new Way(server, resolveServer(server, endpoint, cancellation, recorder), Optional.empty());
        }
        ProxySettings proxy = endpoint.proxy().get();
        recorder.begin(Phase.RESOLVE);
        List<InetAddress> addresses = network.resolve(proxy, endpoint, cancellation);
        // An address has no name to resolve, and SOCKS takes it as an address.
        boolean byProxy = proxy.proxyResolves() && !HostNames.isIpLiteral(server);
        recorder.succeed(new Facts.ProxyResolved(proxy.host(), texts(addresses), byProxy));
        List<InetAddress> serverAddresses =
                byProxy ? List.of() : resolveServer(server, endpoint, cancellation, recorder);
        return new Way(server, serverAddresses, Optional.of(new Way.Proxied(proxy, addresses)));
    }

    private List<InetAddress> resolveServer(
            String server, Endpoint endpoint, Cancellation cancellation, TimelineRecorder recorder)
            throws FailureException {
        recorder.begin(Phase.RESOLVE);
        List<InetAddress> addresses = network.resolve(endpoint, cancellation);
        recorder.succeed(new Facts.Resolved(server, texts(addresses)));
        return addresses;
    }

    private static List<String> texts(List<InetAddress> addresses) {
        return addresses.stream().map(HostNames::text).toList();
    }

    private static MailConnection tryForms(Endpoint endpoint, CheckOptions options, Way way, Surroundings surroundings)
            throws FailureException {
        List<FailureException> failures = new ArrayList<>();
        Iterator<TlsForm> forms = TlsForm.of(endpoint).iterator();
        TlsForm form = forms.next();
        while (true) {
            try {
                return new FormAttempt(endpoint, options, form, way, surroundings).run();
            } catch (FailureException e) {
                surroundings.recorder().fail(e.failure());
                failures.add(e);
                if (!forms.hasNext()) {
                    throw mostTelling(failures);
                }
                TlsForm next = forms.next();
                if (!otherFormMayHelp(e.failure(), form, next)) {
                    throw e;
                }
                form = next;
                surroundings.recorder().nextAttempt();
            }
        }
    }

    /**
     * Of the attempts the one that got furthest tells most; of equals the last, since a handshake after STARTTLS has more
     * behind it than one that was answered in plaintext.
     */
    private static FailureException mostTelling(List<FailureException> failures) {
        return Collections.max(failures.reversed(), Comparator.comparing(e -> reached(e.failure())));
    }

    /** A greeting that a TLS server did not give is no step towards it. */
    private static Phase reached(Failure failure) {
        return failure instanceof Failure.GreetingTimeout timeout && timeout.probe() == Facts.Probe.TLS_ANSWERED
                ? Phase.CONNECT
                : failure.stage();
    }

    /** Whether a failure says "not this form here" rather than "this server, these settings". */
    private static boolean otherFormMayHelp(Failure failure, TlsForm tried, TlsForm next) {
        return switch (failure) {
            case Failure.TlsNotSpoken _, Failure.StarttlsNotOffered _, Failure.StarttlsRefused _ -> true;
            case Failure.GreetingTimeout timeout -> timeout.probe() == Facts.Probe.TLS_ANSWERED;
            case Failure.ConnectionRefused _, Failure.ConnectTimeout _, Failure.NetworkUnreachable _ ->
                tried.port() != next.port();
            case Failure.HostNotFound _,
                    Failure.NameServiceFailed _,
                    Failure.NoAddressOfFamily _,
                    Failure.BindFailed _,
                    Failure.SystemProxyUnusable _,
                    Failure.ProxyRefused _,
                    Failure.ProxyMismatch _,
                    Failure.ProxyTlsFailed _,
                    Failure.HandshakeFailed _,
                    Failure.HandshakeTimeout _,
                    Failure.ClosedOnArrival _,
                    Failure.CertificateRejected _,
                    Failure.TlsSettingsUnusable _,
                    Failure.GreetingRefused _,
                    Failure.WrongProtocol _,
                    Failure.StarttlsInjection _,
                    Failure.PlaintextNotAllowed _,
                    Failure.PreauthBeforeTls _,
                    Failure.LoginDisabled _,
                    Failure.AuthenticationNotOffered _,
                    Failure.MechanismNotOffered _,
                    Failure.MechanismUnusable _,
                    Failure.LoginRejected _,
                    Failure.NoTicket _,
                    Failure.ServerNotProven _,
                    Failure.TokenRefused _,
                    Failure.TokenEndpointFailed _,
                    Failure.SignInUnfinished _,
                    Failure.TokenSettingsUnusable _,
                    Failure.TokenCommandFailed _,
                    Failure.TimedOut _,
                    Failure.ConnectionLost _,
                    Failure.ServerEnded _,
                    Failure.CommandRejected _,
                    Failure.ProtocolViolation _,
                    Failure.TooMuchReceived _,
                    Failure.Cancelled _ -> false;
        };
    }
}
