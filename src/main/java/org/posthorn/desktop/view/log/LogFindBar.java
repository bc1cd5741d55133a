package org.posthorn.desktop.view.log;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.log.LogFind;
import org.posthorn.desktop.viewmodel.log.LogViewModel;

/** The field to find with, the number of matches, and the steps between them. */
final class LogFindBar extends HBox {
    private final LogViewModel model;
    private final TextField query = new TextField();
    private final Runnable close;

    LogFindBar(LogViewModel model, Runnable close) {
        super(4);
        this.model = model;
        this.close = close;
        setAlignment(Pos.CENTER_LEFT);
        query.setPromptText("Find in log");
        query.setAccessibleText("Find in log");
        query.setPrefColumnCount(14);
        query.getStyleClass().add("small");
        query.textProperty().bindBidirectional(model.find().queryProperty());
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        Label count = new Label();
        count.getStyleClass().add("hint");
        count.setMinWidth(64);
        count.textProperty().bind(count(model.find()));
        getChildren()
                .addAll(
                        query,
                        count,
                        small(Icon.UP, "Previous match (Shift+Enter)", model::findPrevious),
                        small(Icon.DOWN, "Next match (Enter)", model::findNext),
                        small(Icon.CROSS, "End the search (Esc)", close));
    }

    void open() {
        query.requestFocus();
        query.selectAll();
    }

    private void onKey(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> step(event.isShiftDown());
            case ESCAPE -> close.run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void step(boolean back) {
        if (back) {
            model.findPrevious();
        } else {
            model.findNext();
        }
    }

    private static Button small(Icon icon, String name, Runnable action) {
        Button button = Buttons.icon(icon, name, action);
        button.getStyleClass().addAll("small", "quiet");
        return button;
    }

    private static StringBinding count(LogFind find) {
        return Bindings.createStringBinding(
                () -> words(find), find.queryProperty(), find.matchesProperty(), find.currentProperty());
    }

    private static String words(LogFind find) {
        long matches = find.matchesProperty().get();
        if (find.queryProperty().get().isEmpty()) {
            return "";
        }
        if (matches == 0) {
            return "not found";
        }
        long current = find.currentProperty().get();
        return current == 0 ? String.format("%,d found", matches) : String.format("%,d of %,d", current, matches);
    }
}
