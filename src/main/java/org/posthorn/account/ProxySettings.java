package org.posthorn.account;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The proxy between this machine and the server. Where one is set, nothing is ever dialled past it.
 *
 * @param port absent means the kind's default
 * @param login absent means none
 * @param resolution who turns the server's name into an address; default the proxy, where its kind can
 */
public record ProxySettings(
        ProxyKind kind, String host, OptionalInt port, Optional<Credentials> login, Resolution resolution) {

    /** User name and password for the proxy; SOCKS 4 takes the name alone. */
    public record Credentials(String user, Secret password) {}

    /** Who resolves. */
    public enum Resolution {
        PROXY,
        HERE
    }

    public static ProxySettings of(ProxyKind kind, String host) {
        Resolution resolution = kind.takesNames() ? Resolution.PROXY : Resolution.HERE;
        return new ProxySettings(kind, host, OptionalInt.empty(), Optional.empty(), resolution);
    }

    public int effectivePort() {
        return port.orElse(kind.defaultPort());
    }

    /** Whether the name goes to the proxy as it is. */
    public boolean proxyResolves() {
        return kind.takesNames() && resolution == Resolution.PROXY;
    }

    /** A kind that takes no names leaves the resolving to this machine. */
    public ProxySettings withKind(ProxyKind chosen) {
        return new ProxySettings(chosen, host, port, login, chosen.takesNames() ? resolution : Resolution.HERE);
    }

    public ProxySettings withHost(String typed) {
        return new ProxySettings(kind, typed, port, login, resolution);
    }

    public ProxySettings withPort(OptionalInt typed) {
        return new ProxySettings(kind, host, typed, login, resolution);
    }

    public ProxySettings withLogin(Optional<Credentials> credentials) {
        return new ProxySettings(kind, host, port, credentials, resolution);
    }

    public ProxySettings withLogin(String user, Secret password) {
        return withLogin(Optional.of(new Credentials(user, password)));
    }

    public ProxySettings withResolution(Resolution who) {
        return new ProxySettings(kind, host, port, login, who);
    }
}
