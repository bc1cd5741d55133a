package org.posthorn.transport.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Where the proxy is to connect to: a name that it resolves, or an address that was resolved here. */
public sealed interface Destination {

    int port();

    /** A name in ASCII. */
    record Name(String host, int port) implements Destination {}

    record Address(InetAddress address, int port) implements Destination {}

    /** As in an HTTP request target: IPv6 in brackets (RFC 3986 §3.2.2). */
    default String authority() {
        return switch (this) {
            case Name(String host, int port) -> host + ":" + port;
            case Address(InetAddress address, int port) -> {
                String literal = address.getHostAddress().replaceFirst("%.*", "");
                yield (address instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + port;
            }
        };
    }
}
