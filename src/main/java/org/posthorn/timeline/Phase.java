package org.posthorn.timeline;

import java.util.Locale;

/** A stage on the way to a usable connection, in the order of a complete session. */
public enum Phase {
    /** The host name becomes addresses. */
    RESOLVE("Resolve"),
    /** A TCP connection to one of the addresses. */
    CONNECT("Connect"),
    /** Through a proxy to the server. */
    TUNNEL("Tunnel"),
    /** The TLS handshake, at once or after STARTTLS. */
    TLS("TLS"),
    /** The server's first line. */
    GREETING("Greeting"),
    /** Asking what the server can do: before TLS, after TLS and after login. */
    CAPABILITIES("Capabilities"),
    /** The command that asks for TLS, and its reply. */
    STARTTLS("STARTTLS"),
    /** Authentication. */
    LOGIN("Login"),
    /** Logged in, or as far as was asked for. */
    READY("Ready");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    /** The name in commands and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name on the rail of phases. */
    public String label() {
        return label;
    }
}
