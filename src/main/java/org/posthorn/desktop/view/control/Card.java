package org.posthorn.desktop.view.control;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A panel with a title, and room beside the title. */
public final class Card extends VBox {
    private final HBox header = new HBox(8);

    public Card(String title) {
        Label label = new Label(title);
        label.getStyleClass().add("strong");
        label.setMinWidth(USE_PREF_SIZE);
        header.getChildren().add(label);
        header.getStyleClass().add("card-header");
        getStyleClass().add("card");
        getChildren().add(header);
    }

    /** Puts something right behind the title. */
    public Card beside(Node node) {
        header.getChildren().add(node);
        return this;
    }

    /** Puts something at the right end of the title's line. */
    public Card atEnd(Node node) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        header.getChildren().addAll(space, node);
        return this;
    }

    public Card with(Node... content) {
        getChildren().addAll(content);
        return this;
    }
}
