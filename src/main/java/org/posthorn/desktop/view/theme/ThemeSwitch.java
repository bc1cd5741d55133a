package org.posthorn.desktop.view.theme;

import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;

/** The theme in force: the system's, until a person chooses the other one. */
public final class ThemeSwitch {
    private final ReadOnlyObjectWrapper<Theme> theme;
    private final ObservableValue<ColorScheme> system;

    public ThemeSwitch() {
        this(Platform.getPreferences().colorSchemeProperty());
    }

    /** @param system the colour scheme to follow */
    public ThemeSwitch(ObservableValue<ColorScheme> system) {
        this.system = system;
        this.theme = new ReadOnlyObjectWrapper<>(this, "theme");
        follow();
    }

    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    /** Shows the other theme; when that is the system's own, follows the system again. */
    public void toggle() {
        Theme other = switch (theme.get()) {
            case LIGHT -> Theme.DARK;
            case DARK -> Theme.LIGHT;
        };
        if (other == Theme.of(system.getValue())) {
            follow();
        } else {
            choose(other);
        }
    }

    public void choose(Theme chosen) {
        theme.unbind();
        theme.set(chosen);
    }

    /** Dresses a scene, now and at each change. */
    public void dress(Scene scene) {
        theme.subscribe(now -> scene.getStylesheets().setAll(now.sheets()));
    }

    private void follow() {
        theme.bind(system.map(Theme::of));
    }
}
