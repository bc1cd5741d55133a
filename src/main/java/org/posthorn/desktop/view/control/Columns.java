package org.posthorn.desktop.view.control;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Lays its children out in as many equal columns as fit; those of a row are of one height. */
public final class Columns extends Pane {
    private final double narrowest;
    private final int most;
    private final double gap;

    /**
     * @param narrowest the least width of a column in pixels
     * @param most the greatest number of columns
     */
    public Columns(double narrowest, int most, double gap) {
        this.narrowest = narrowest;
        this.most = most;
        this.gap = gap;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return narrowest * most + gap * (most - 1);
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets padding = getInsets();
        double inner = (width < 0 ? prefWidth(-1) : width) - padding.getLeft() - padding.getRight();
        int columns = columns(inner);
        List<Node> shown = getManagedChildren();
        double height = 0;
        for (int from = 0; from < shown.size(); from += columns) {
            height += rowHeight(shown, from, columns, columnWidth(inner, columns)) + (from > 0 ? gap : 0);
        }
        return height + padding.getTop() + padding.getBottom();
    }

    @Override
    protected void layoutChildren() {
        Insets padding = getInsets();
        double inner = getWidth() - padding.getLeft() - padding.getRight();
        int columns = columns(inner);
        double width = columnWidth(inner, columns);
        double y = padding.getTop();
        List<Node> shown = getManagedChildren();
        for (int from = 0; from < shown.size(); from += columns) {
            double height = rowHeight(shown, from, columns, width);
            for (int i = from; i < Math.min(shown.size(), from + columns); i++) {
                double x = padding.getLeft() + (i - from) * (width + gap);
                shown.get(i).resizeRelocate(snapPositionX(x), snapPositionY(y), width, height);
            }
            y += height + gap;
        }
    }

    private int columns(double inner) {
        int fitting = (int) ((inner + gap) / (narrowest + gap));
        return Math.clamp(fitting, 1, most);
    }

    private double columnWidth(double inner, int columns) {
        return snapSizeX(Math.floor((inner - gap * (columns - 1)) / columns));
    }

    private static double rowHeight(List<Node> shown, int from, int columns, double width) {
        return shown.subList(from, Math.min(shown.size(), from + columns)).stream()
                .mapToDouble(child -> Math.ceil(child.prefHeight(width)))
                .max()
                .orElse(0);
    }
}
