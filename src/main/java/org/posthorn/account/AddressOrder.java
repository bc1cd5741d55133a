package org.posthorn.account;

import java.util.Locale;

/** How the addresses of a host are tried. */
public enum AddressOrder {
    /** One after the other as the name service has them, so that each tells its own error. The default. */
    IN_ORDER("One after the other"),
    /** IPv6 and IPv4 in turn, each begun a moment after the one before; the first that answers is taken (RFC 8305). */
    HAPPY_EYEBALLS("Together (happy eyeballs)");

    private final String label;

    AddressOrder(String label) {
        this.label = label;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
