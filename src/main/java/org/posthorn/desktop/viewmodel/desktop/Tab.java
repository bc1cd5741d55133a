package org.posthorn.desktop.viewmodel.desktop;

import java.util.Arrays;
import java.util.Locale;

/** What is shown of an endpoint. */
public enum Tab {
    SETTINGS("Settings"),
    CONNECTION("Connection"),
    CAPABILITIES("Capabilities"),
    CONNECTIONS("Connections"),
    /** Of SMTP alone. */
    MESSAGE("Test message");

    private final String label;

    Tab(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Tab of(String word) {
        return Arrays.stream(values())
                .filter(tab -> tab.word().equals(word))
                .findFirst()
                .orElse(SETTINGS);
    }
}
