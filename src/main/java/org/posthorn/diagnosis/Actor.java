package org.posthorn.diagnosis;

import java.util.Locale;

/** Who can carry out a remedy. */
public enum Actor {
    /** The person whose account it is, in the settings or at the provider. */
    USER("you"),
    /** Whoever runs the account's organisation or the mail server. */
    ADMIN("the administrator"),
    /** The server's operator alone; nothing can be changed on this side. */
    SERVER("the server's operator"),
    /** Whoever runs the network between here and the server. */
    NETWORK("whoever runs the network");

    private final String label;

    Actor(String label) {
        this.label = label;
    }

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name in sentences. */
    public String label() {
        return label;
    }
}
