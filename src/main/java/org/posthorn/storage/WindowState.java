package org.posthorn.storage;

import java.util.Map;
import java.util.Optional;

/**
 * How the window was left.
 *
 * @param bounds where it stood; absent before it was first shown
 * @param panes the dividers by name, each from 0 to 1
 * @param selection what was selected, by name: the account's id, its endpoint, the tab
 * @param theme the theme's name; empty follows the system
 */
public record WindowState(
        Optional<Bounds> bounds,
        boolean maximized,
        Map<String, Double> panes,
        Map<String, String> selection,
        String theme) {
    public WindowState {
        panes = Map.copyOf(panes);
        selection = Map.copyOf(selection);
    }

    /** In pixels of the screen, before its scale. */
    public record Bounds(double x, double y, double width, double height) {}

    public static WindowState first() {
        return new WindowState(Optional.empty(), false, Map.of(), Map.of(), "");
    }
}
