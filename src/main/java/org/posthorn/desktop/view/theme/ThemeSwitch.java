package org.posthorn.desktop.view.theme;

import javafx.application.ColorScheme;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.posthorn.desktop.viewmodel.desktop.Theme;

/** The colours in force: the system's, until a person chooses others. */
public final class ThemeSwitch {
    private final ObjectBinding<Palette> palette;

    /**
     * @param theme what the person chose
     * @param system the colour scheme that is followed when that is the system's
     */
    public ThemeSwitch(ObservableValue<Theme> theme, ObservableValue<ColorScheme> system) {
        palette = Bindings.createObjectBinding(() -> palette(theme.getValue(), system.getValue()), theme, system);
    }

    public ObjectBinding<Palette> paletteProperty() {
        return palette;
    }

    /** Dresses a scene or a dialog, now and at each change, until the subscription ends. */
    public Subscription dress(ObservableList<String> stylesheets) {
        return palette.subscribe(now -> stylesheets.setAll(now.sheets()));
    }

    private static Palette palette(Theme theme, ColorScheme system) {
        return switch (theme) {
            case SYSTEM -> Palette.of(system);
            case LIGHT -> Palette.LIGHT;
            case DARK -> Palette.DARK;
        };
    }
}
