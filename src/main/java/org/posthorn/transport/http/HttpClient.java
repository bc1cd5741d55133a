package org.posthorn.transport.http;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Link;
import org.posthorn.transport.Route;
import org.posthorn.transport.Taps;
import org.posthorn.transport.Transport;
import org.posthorn.transport.proxy.Destination;
import org.posthorn.transport.tls.CertificateJudge;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.transport.tls.UnusableAuthorities;
import org.posthorn.transport.tls.UnusableKey;
import org.posthorn.wire.HttpTap;
import org.posthorn.wire.SecretMask;

/** Sends requests over an account's own way. Creating it does no I/O. */
public final class HttpClient {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final HttpAccess access;
    private final Endpoint account;
    private final SecretMask mask;
    private final Cancellation cancellation;
    private final Phase phase;

    /**
     * A client for one session.
     *
     * @param account whose proxy, bind address, IP version, TLS settings and limits are used; its host and port are not
     * @param phase for which the requests are made; failures of the exchange carry it
     */
    public HttpClient(HttpAccess access, Endpoint account, SecretMask mask, Cancellation cancellation, Phase phase) {
        this.access = access;
        this.account = account;
        this.mask = mask;
        this.cancellation = cancellation;
        this.phase = phase;
    }

    /**
     * Sends a request on a connection of its own and awaits the whole response, whatever its status.
     *
     * @throws FailureException when no whole response came, also when more came than the network's cap of a reply allows
     */
    public HttpResponse send(HttpRequest request) throws FailureException {
        return send(request, 0);
    }

    /**
     * Sends a request to which a long response is expected.
     *
     * @param mostBytes to read at most, where that is more than the network's cap of a reply
     * @throws FailureException when no whole response came, or a longer one
     */
    public HttpResponse send(HttpRequest request, int mostBytes) throws FailureException {
        URI uri = request.uri();
        boolean secure = "https".equals(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        Endpoint server =
                throughSystem(account.withHost(String.valueOf(uri.getHost())).withPort(port));
        int connection = access.numbers().getAsInt();
        HttpTap tap = new HttpTap(access.log(), connection, mask, () -> phase);
        Taps taps = Taps.of(access.log(), connection, tap, mask, () -> phase);
        tap.note("For " + request + ":");
        try (Transport transport = access.network().transport(open(server, taps), cancellation, taps, mostBytes)) {
            Duration limit = account.timeouts().operation();
            if (secure) {
                transport.secure(handshake(HostNames.ascii(server.hostName())), limit, false, _ -> {});
            }
            return transport.exchange(limit, lines -> new HttpExchange(lines, tap, phase).run(request));
        }
    }

    private Endpoint throughSystem(Endpoint server) throws FailureException {
        if (server.proxy().filter(proxy -> proxy.kind() == ProxyKind.SYSTEM).isEmpty()) {
            return server;
        }
        Endpoint through = server.withProxy(access.network().systemProxy(server).proxy());
        mask.hide(through.secrets());
        return through;
    }

    private Link open(Endpoint server, Taps taps) throws FailureException {
        Route route = route(server);
        Link link = access.network().dial(server, route, cancellation, _ -> {});
        if (route.tunnel().isEmpty()) {
            return link;
        }
        Route.Tunnel tunnel = route.tunnel().get();
        String proxyHost = HostNames.ascii(HostNames.plain(tunnel.proxy().host()));
        return access.network().tunnel(server, route, tunnel, link, cancellation, taps, () -> handshake(proxyHost));
    }

    private Route route(Endpoint server) throws FailureException {
        if (server.proxy().isEmpty()) {
            return new Route(access.network().resolve(server, cancellation), server.effectivePort(), Optional.empty());
        }
        ProxySettings proxy = server.proxy().get();
        List<InetAddress> addresses = access.network().resolve(proxy, server, cancellation);
        Route.Tunnel tunnel = new Route.Tunnel(proxy, destination(proxy, server));
        return new Route(addresses, proxy.effectivePort(), Optional.of(tunnel));
    }

    private Destination destination(ProxySettings proxy, Endpoint server) throws FailureException {
        String name = HostNames.ascii(server.hostName());
        return proxy.proxyResolves() && !HostNames.isIpLiteral(name)
                ? new Destination.Name(name, server.effectivePort())
                : new Destination.Address(
                        access.network().resolve(server, cancellation).getFirst(), server.effectivePort());
    }

    private ClientHandshake handshake(String host) throws FailureException {
        try {
            var judge = new CertificateJudge(account.tls().trust(), access.anchors(), access.clock());
            return new ClientHandshake(account.tls().forOthers(), host, judge);
        } catch (UnusableAuthorities e) {
            throw new FailureException(new Failure.TlsSettingsUnusable(e.problem()));
        } catch (UnusableKey e) {
            throw new FailureException(new Failure.TlsSettingsUnusable(e.problem()));
        }
    }
}
