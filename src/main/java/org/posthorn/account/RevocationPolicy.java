package org.posthorn.account;

import java.util.Locale;

/** How it is found out whether a server's certificate, or one above it, was taken back by its issuer. */
public enum RevocationPolicy {
    /** The answers that the server sends along are judged; nobody is asked. */
    STAPLED("Stapled answers only"),
    /** The issuers are asked where the server sent no answer; a certificate nobody can tell of is believed. */
    CHECK("Ask the issuer"),
    /** As with {@link #CHECK}, and a certificate nobody can tell of is refused. */
    REQUIRE("Ask, refuse when unknown");

    private final String label;

    RevocationPolicy(String label) {
        this.label = label;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
