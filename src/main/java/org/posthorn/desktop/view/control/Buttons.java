package org.posthorn.desktop.view.control;

import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** Buttons and toggles with their looks, their name for screen readers and their hint. */
public final class Buttons {
    private Buttons() {}

    public static Button button(String text, Icon icon, Runnable action) {
        Button button = plain(text, action);
        button.setGraphic(icon.node());
        return button;
    }

    public static Button plain(String text, Runnable action) {
        Button button = new Button(text);
        button.setMnemonicParsing(true);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /** A button that shows only its icon; the name is spoken and shown as a hint. */
    public static Button icon(Icon icon, String name, Runnable action) {
        Button button = button("", icon, action);
        button.getStyleClass().add("square");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        return button;
    }

    public static Button link(String text, Runnable action) {
        Button link = plain(text, action);
        link.getStyleClass().setAll("link");
        // Half of its words would not say where it leads; what stands beside it wraps.
        link.setMinWidth(Region.USE_PREF_SIZE);
        return link;
    }

    /** A toggle that stands alone. */
    public static ToggleButton chip(String text, String name, String... styles) {
        ToggleButton chip = new ToggleButton(text);
        chip.getStyleClass().setAll("chip");
        chip.getStyleClass().addAll(styles);
        chip.setAccessibleText(name);
        chip.setTooltip(new Tooltip(name));
        return chip;
    }

    /** A small button that looks like a chip. */
    public static Button chipButton(String text, Icon icon, String name, Runnable action) {
        Button button = button(text, icon, action);
        button.getStyleClass().setAll("chip", "command");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        return button;
    }
}
