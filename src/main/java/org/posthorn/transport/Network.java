package org.posthorn.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.posthorn.account.AddressFamily;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.proxy.DesktopProxies;
import org.posthorn.transport.proxy.ProxyVariables;
import org.posthorn.transport.proxy.SystemProxies;
import org.posthorn.transport.tls.ClientHandshake;

/** This machine's way to servers. Creating it does no I/O; closing it ends its timer thread. */
public final class Network implements AutoCloseable {
    private final Resolver resolver;
    private final ByteCaps caps;
    private final ScheduledExecutorService timer;
    private final SystemProxies systemProxies;

    public Network(AddressLookup lookup, ByteCaps caps) {
        this(lookup, caps, timer());
    }

    /** With a timer for the deadlines, which {@link #close()} ends. */
    public Network(AddressLookup lookup, ByteCaps caps, ScheduledExecutorService timer) {
        this(lookup, caps, timer, SystemProxies.none());
    }

    public Network(AddressLookup lookup, ByteCaps caps, SystemProxies systemProxies) {
        this(lookup, caps, timer(), systemProxies);
    }

    private Network(AddressLookup lookup, ByteCaps caps, ScheduledExecutorService timer, SystemProxies systemProxies) {
        this.systemProxies = systemProxies;
        this.resolver = new Resolver(lookup);
        this.caps = caps;
        this.timer = timer;
    }

    /** With the operating system's resolver, and no word of it on proxies. */
    public static Network system() {
        return new Network(AddressLookup.system(), ByteCaps.defaults());
    }

    /** With the operating system's resolver and its proxies. */
    public static Network system(Map<String, String> environment) {
        SystemProxies variables = new ProxyVariables(environment);
        SystemProxies proxies = Optional.ofNullable(ProxySelector.getDefault())
                .<SystemProxies>map(selector -> new DesktopProxies(selector, variables))
                .orElse(variables);
        return new Network(AddressLookup.system(), ByteCaps.defaults(), proxies);
    }

    /**
     * What the system says of a proxy for an endpoint that asks for it, with the login of the endpoint where the system names
     * none.
     */
    public SystemProxies.Answer systemProxy(Endpoint endpoint) throws FailureException {
        Optional<ProxySettings.Credentials> login = endpoint.proxy().flatMap(ProxySettings::login);
        SystemProxies.Answer answer = systemProxies.to(HostNames.ascii(endpoint.hostName()), endpoint.effectivePort());
        return new SystemProxies.Answer(
                answer.source(),
                answer.proxy().map(proxy -> proxy.withLogin(proxy.login().or(() -> login))));
    }

    /** The addresses of the endpoint's host, of the IP version it asks for. */
    public List<InetAddress> resolve(Endpoint endpoint, Cancellation cancellation) throws FailureException {
        return resolver.resolve(
                HostNames.ascii(endpoint.hostName()),
                endpoint.addressFamily(),
                endpoint.timeouts().resolve(),
                cancellation);
    }

    /** The addresses of the endpoint's proxy. */
    public List<InetAddress> resolve(ProxySettings proxy, Endpoint endpoint, Cancellation cancellation)
            throws FailureException {
        String name = HostNames.ascii(HostNames.plain(proxy.host()));
        return resolver.resolve(name, AddressFamily.ANY, endpoint.timeouts().resolve(), cancellation);
    }

    /**
     * Connects to the first address of the route that answers.
     *
     * @param progress hears of each address as it was tried
     */
    public Link dial(Endpoint endpoint, Route route, Cancellation cancellation, Consumer<Facts.Connected> progress)
            throws FailureException {
        Duration limit = endpoint.timeouts().connect();
        Socket socket = dialer(endpoint, route, limit, cancellation, progress).dial(route.addresses());
        try {
            return Link.over(socket);
        } catch (IOException e) {
            Sockets.close(socket);
            throw new FailureException(
                    cancellation.isCancelled()
                            ? new Failure.Cancelled(Phase.CONNECT)
                            : new Failure.ConnectionLost(Phase.CONNECT, String.valueOf(e.getMessage())));
        }
    }

    private static Dialer dialer(
            Endpoint endpoint,
            Route route,
            Duration limit,
            Cancellation cancellation,
            Consumer<Facts.Connected> progress)
            throws FailureException {
        Optional<Duration> stagger = switch (endpoint.addressOrder()) {
            case IN_ORDER -> Optional.empty();
            case HAPPY_EYEBALLS -> Optional.of(Dialer.STAGGER);
        };
        return new Dialer(route.port(), bindAddress(endpoint), limit, stagger, cancellation, progress);
    }

    /**
     * Asks the proxy at the other end of a link for the server, within the connect timeout.
     *
     * @param handshakes makes the handshake with a proxy that is spoken to under TLS
     * @return the link to the server; the one that was given is closed where it could not be used
     */
    public Link tunnel(
            Endpoint endpoint,
            Route route,
            Route.Tunnel tunnel,
            Link toProxy,
            Cancellation cancellation,
            Taps taps,
            Handshakes handshakes)
            throws FailureException {
        Duration limit = endpoint.timeouts().connect();
        return new Tunnelling(tunnel, new Guard(timer, cancellation), limit, taps)
                .run(toProxy, () -> dial(endpoint, route, cancellation, _ -> {}), handshakes);
    }

    /** The conversation with the server over a link to it. */
    public Transport transport(Link link, Cancellation cancellation, Taps taps) {
        return new Transport(link, new Guard(timer, cancellation), caps, taps);
    }

    /** One that may answer with more than mail servers do. */
    public Transport transport(Link link, Cancellation cancellation, Taps taps, int mostBytes) {
        var wider = new ByteCaps(caps.line(), Math.max(caps.reply(), mostBytes), caps.greeting());
        return new Transport(link, new Guard(timer, cancellation), wider, taps);
    }

    /** A deadline for all that is done until it is closed, beside the limits of each connection. */
    public TimeLimit limit(Duration span, Cancellation person) {
        return new TimeLimit(timer, span, person);
    }

    /** Makes one handshake after another. */
    @FunctionalInterface
    public interface Handshakes {
        ClientHandshake next() throws FailureException;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Optional<InetAddress> bindAddress(Endpoint endpoint) throws FailureException {
        if (endpoint.bind().isEmpty()) {
            return Optional.empty();
        }
        String typed = HostNames.plain(endpoint.bind().get());
        try {
            return Optional.of(InetAddress.ofLiteral(typed));
        } catch (IllegalArgumentException _) {
            throw new FailureException(new Failure.BindFailed(typed, "not an IP address"));
        }
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("posthorn-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
