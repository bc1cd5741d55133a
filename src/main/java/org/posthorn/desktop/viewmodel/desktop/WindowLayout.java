package org.posthorn.desktop.viewmodel.desktop;

import java.util.Map;
import java.util.Optional;

/**
 * Where the window and its panes stand.
 *
 * @param bounds absent before the window was first shown
 * @param panes the dividers by name, each from 0 to 1
 */
public record WindowLayout(Optional<Bounds> bounds, boolean maximized, Map<String, Double> panes) {
    public WindowLayout {
        panes = Map.copyOf(panes);
    }

    public record Bounds(double x, double y, double width, double height) {}
}
