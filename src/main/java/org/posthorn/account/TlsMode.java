package org.posthorn.account;

/** How a connection gets its TLS. */
public enum TlsMode {
    /** Plaintext, asked for in so many words. */
    NONE("none", "None"),
    /** TLS from the first byte (RFC 8314). */
    IMPLICIT("implicit", "Implicit TLS"),
    /** TLS after a STARTTLS or STLS command (RFC 3207, RFC 9051, RFC 2595). */
    STARTTLS("starttls", "STARTTLS"),
    /** Implicit TLS or STARTTLS, whichever the server speaks; never plaintext. */
    ANY_TLS("any", "Either"),
    /** As {@link #ANY_TLS}, then plaintext, but only where the endpoint allows plaintext. */
    AUTO("auto", "Auto");

    private final String word;
    private final String label;

    TlsMode(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** The name in commands, JSON and the account file. */
    public String word() {
        return word;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }
}
