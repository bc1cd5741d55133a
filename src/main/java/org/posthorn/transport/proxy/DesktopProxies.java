package org.posthorn.transport.proxy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.FailureException;

/**
 * The proxies that a desktop has in its settings, automatic ones included, as Java's own selector reads them. It is asked for
 * each connection and is in force for none: sockets are dialled past it. Reading the system's settings is a constant of the
 * launcher ({@code java.net.useSystemProxies}); where the selector knows none, the environment is asked.
 */
public final class DesktopProxies implements SystemProxies {
    private static final String SOURCE = "the system's settings";

    private final ProxySelector selector;
    private final SystemProxies otherwise;

    public DesktopProxies(ProxySelector selector, SystemProxies otherwise) {
        this.selector = selector;
        this.otherwise = otherwise;
    }

    @Override
    public Answer to(String host, int port) throws FailureException {
        // Mail has no scheme of its own there: a proxy for HTTPS takes CONNECT, and one for sockets is SOCKS.
        Optional<ProxySettings> proxy = Stream.of("https", "socket")
                .flatMap(scheme -> select(scheme, host, port).stream())
                .flatMap(found -> settings(found).stream())
                .findFirst();
        return proxy.isPresent() ? new Answer(SOURCE, proxy) : otherwise.to(host, port);
    }

    private List<Proxy> select(String scheme, String host, int port) {
        String name = host.contains(":") ? "[" + host + "]" : host;
        List<Proxy> found = selector.select(URI.create(scheme + "://" + name + ":" + port));
        return found == null ? List.of() : found;
    }

    private static Optional<ProxySettings> settings(Proxy proxy) {
        if (!(proxy.address() instanceof InetSocketAddress address)) {
            return Optional.empty();
        }
        ProxyKind kind = proxy.type() == Proxy.Type.SOCKS ? ProxyKind.SOCKS5 : ProxyKind.HTTP;
        return Optional.of(ProxySettings.of(kind, address.getHostString()).withPort(OptionalInt.of(address.getPort())));
    }
}
