package org.posthorn.account;

import java.util.Locale;

/** A mail access or submission protocol and its registered ports (RFC 8314, RFC 9051, RFC 1939, RFC 6409). */
public enum Protocol {
    IMAP(143, 993),
    POP3(110, 995),
    SMTP(587, 465);

    private final int cleartextPort;
    private final int implicitTlsPort;

    Protocol(int cleartextPort, int implicitTlsPort) {
        this.cleartextPort = cleartextPort;
        this.implicitTlsPort = implicitTlsPort;
    }

    /** The port a connection uses when none is typed; ANY_TLS and AUTO begin at the implicit TLS port (RFC 8314 §3). */
    public int defaultPort(TlsMode mode) {
        return switch (mode) {
            case IMPLICIT, ANY_TLS, AUTO -> implicitTlsPort;
            case STARTTLS, NONE -> cleartextPort;
        };
    }

    /** The name in commands and JSON: {@code imap}, {@code pop3}, {@code smtp}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
