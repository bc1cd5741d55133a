package org.posthorn.desktop.view.theme;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.ColorScheme;

/** A set of colours, one for each role. */
public enum Theme {
    LIGHT("light.css"),
    DARK("dark.css");

    private static final List<String> COMPONENTS = List.of("base.css", "button.css", "field.css", "log.css");

    private final String colours;

    Theme(String colours) {
        this.colours = colours;
    }

    public static Theme of(ColorScheme scheme) {
        return switch (scheme) {
            case LIGHT -> LIGHT;
            case DARK -> DARK;
        };
    }

    /** The addresses of its sheets, for {@code Scene.getStylesheets()}. */
    public List<String> sheets() {
        return Stream.concat(Stream.of(colours), COMPONENTS.stream())
                .map(Theme::address)
                .toList();
    }

    private static String address(String sheet) {
        return Objects.requireNonNull(Theme.class.getResource("/org/posthorn/css/" + sheet), sheet)
                .toExternalForm();
    }
}
