package org.posthorn.account;

import java.util.Locale;

/** A kind of proxy. */
public enum ProxyKind {
    /** HTTP CONNECT (RFC 9110 §9.3.6). */
    HTTP("HTTP", 8080),
    /** HTTP CONNECT over TLS to the proxy. */
    HTTPS("HTTPS", 443),
    /** SOCKS 4: addresses only, this machine resolves. */
    SOCKS4("SOCKS4", 1080),
    /** SOCKS 4 with names: the proxy resolves. */
    SOCKS4A("SOCKS4a", 1080),
    /** SOCKS 5 (RFC 1928, RFC 1929). */
    SOCKS5("SOCKS5", 1080),
    /** What the operating system says for each server; it stands for one of the others, or for the direct way. */
    SYSTEM("the system's", 0);

    private final String label;
    private final int defaultPort;

    ProxyKind(String label, int defaultPort) {
        this.label = label;
        this.defaultPort = defaultPort;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** Whether a host name can be handed to such a proxy. */
    public boolean takesNames() {
        return this != SOCKS4;
    }

    /** Whether an address can be handed to such a proxy; SOCKS 4 knows IPv4 alone. */
    public boolean takesIpv6() {
        return this != SOCKS4 && this != SOCKS4A;
    }
}
