package org.posthorn.account;

import java.util.Locale;

/** Whose list of certificate authorities is believed. */
public enum TrustStore {
    /** The list that comes with Java, the same on every machine. */
    BUILT_IN("Built-in authorities"),
    /** The list of the operating system, with what an administrator or a local product has added to it. */
    SYSTEM("The system's authorities");

    private final String label;

    TrustStore(String label) {
        this.label = label;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
