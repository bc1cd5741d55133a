package org.posthorn.desktop.viewmodel.desktop;

import java.util.Arrays;
import java.util.Locale;

/** Light or dark. */
public enum Theme {
    /** As the system has it. */
    SYSTEM("Follow the system"),
    LIGHT("Light"),
    DARK("Dark");

    private final String label;

    Theme(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The name in the window's state. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The theme of a name; an unknown one follows the system. */
    static Theme of(String word) {
        return Arrays.stream(values())
                .filter(theme -> theme.word().equals(word))
                .findFirst()
                .orElse(SYSTEM);
    }
}
