package org.posthorn.client;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.ProxySettings;
import org.posthorn.transport.Route;
import org.posthorn.transport.proxy.Destination;

/**
 * How the server is reached, before the port of a form of TLS is known.
 *
 * @param server the server's name in ASCII
 * @param serverAddresses empty where the proxy resolves the name
 * @param proxy the proxy and its addresses; absent on the direct way
 */
record Way(String server, List<InetAddress> serverAddresses, Optional<Proxied> proxy) {
    Way {
        serverAddresses = List.copyOf(serverAddresses);
    }

    record Proxied(ProxySettings settings, List<InetAddress> addresses) {}

    Route to(int port) {
        return proxy.map(through -> new Route(
                        through.addresses(),
                        through.settings().effectivePort(),
                        Optional.of(new Route.Tunnel(through.settings(), destination(port)))))
                .orElseGet(() -> new Route(serverAddresses, port, Optional.empty()));
    }

    private Destination destination(int port) {
        return serverAddresses.isEmpty()
                ? new Destination.Name(server, port)
                : new Destination.Address(serverAddresses.getFirst(), port);
    }
}
