package org.posthorn.desktop.view.theme;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.ColorScheme;

/** The colours of a theme, one for each role. */
public enum Palette {
    LIGHT("light.css"),
    DARK("dark.css");

    private static final List<String> COMPONENTS = List.of(
            "base.css",
            "button.css",
            "field.css",
            "card.css",
            "settings.css",
            "connection.css",
            "table.css",
            "window.css",
            "log.css");

    private final String colours;

    Palette(String colours) {
        this.colours = colours;
    }

    public static Palette of(ColorScheme scheme) {
        return switch (scheme) {
            case LIGHT -> LIGHT;
            case DARK -> DARK;
        };
    }

    /** The addresses of its sheets, for {@code Scene.getStylesheets()}. */
    public List<String> sheets() {
        return Stream.concat(Stream.of(colours), COMPONENTS.stream())
                .map(Palette::address)
                .toList();
    }

    private static String address(String sheet) {
        return Objects.requireNonNull(Palette.class.getResource("/org/posthorn/css/" + sheet), sheet)
                .toExternalForm();
    }
}
