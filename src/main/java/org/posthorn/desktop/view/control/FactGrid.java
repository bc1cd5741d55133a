package org.posthorn.desktop.view.control;

import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** Facts with their names. The values can be selected and copied. */
public final class FactGrid extends GridPane {
    private int rows;

    /** @param nameWidth the width of the names in pixels */
    public FactGrid(double nameWidth) {
        getStyleClass().add("fact-grid");
        ColumnConstraints names = new ColumnConstraints(nameWidth);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(names, values);
    }

    /** Adds a fact in words; an empty one is left out. */
    public FactGrid words(String name, String value) {
        return value.isEmpty() ? this : node(name, copyable(name, value));
    }

    /** Adds a fact that came from the wire; an empty one is left out. */
    public FactGrid wire(String name, String value) {
        return value.isEmpty() ? this : node(name, wireText(name, value));
    }

    public FactGrid node(String name, Node value) {
        Label label = new Label(name);
        label.getStyleClass().add("muted");
        label.setLabelFor(value);
        GridPane.setValignment(label, VPos.TOP);
        addRow(rows, label, value);
        rows++;
        return this;
    }

    /** A text in the wire's font that can be selected. */
    public static TextField wireText(String name, String value) {
        TextField text = copyable(name, value);
        text.getStyleClass().add("wire");
        return text;
    }

    /** A text that can be selected. */
    public static TextField copyable(String name, String value) {
        TextField text = new TextField(value);
        text.setEditable(false);
        text.setFocusTraversable(false);
        text.setAccessibleText(name + ": " + value);
        text.getStyleClass().setAll("copyable");
        text.setPrefColumnCount(1);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setTooltip(new Tooltip(value));
        return text;
    }
}
