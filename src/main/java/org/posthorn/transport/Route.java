package org.posthorn.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.ProxySettings;
import org.posthorn.transport.proxy.Destination;

/**
 * The way to a server.
 *
 * @param addresses whom to dial, in order: the server, or the proxy where there is one
 * @param tunnel what to ask the proxy for; absent on the direct way
 */
public record Route(List<InetAddress> addresses, int port, Optional<Tunnel> tunnel) {
    public Route {
        addresses = List.copyOf(addresses);
    }

    /** What a proxy is asked for. */
    public record Tunnel(ProxySettings proxy, Destination destination) {}
}
