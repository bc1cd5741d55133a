package org.posthorn.desktop.view.log;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.posthorn.desktop.viewmodel.log.LogViewModel;

/** Selects with a click and a drag, extends with Shift, scrolls with the wheel. */
final class LogMouse {
    private final LogView view;
    private final LogViewModel model;

    LogMouse(LogView view, LogViewModel model) {
        this.view = view;
        this.model = model;
    }

    void install() {
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::onPress);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::onDrag);
        view.addEventHandler(ScrollEvent.SCROLL, this::onScroll);
    }

    private void onPress(MouseEvent event) {
        view.requestFocus();
        long row = view.rowAt(event.getY());
        if (event.getButton() == MouseButton.SECONDARY && isSelected(row)) {
            return;
        }
        if (event.getButton() == MouseButton.PRIMARY && view.isFold(event.getX()) && beginsReply(row)) {
            model.toggleReply(row);
        } else if (row < model.endRow()) {
            model.moveCaretTo(row, event.isShiftDown());
        } else if (event.getButton() == MouseButton.PRIMARY) {
            model.selection().clear();
        }
    }

    private void onDrag(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && !model.selection().isEmpty()) {
            model.moveCaretTo(view.rowAt(event.getY()), true);
        }
    }

    private void onScroll(ScrollEvent event) {
        if (event.isShiftDown() || Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY())) {
            view.scrollSideways(-(event.getDeltaX() + event.getDeltaY()));
        } else {
            model.viewport().scrollBy(-event.getDeltaY() / view.rowHeight());
        }
        event.consume();
    }

    private boolean beginsReply(long row) {
        return row >= model.firstRow()
                && row < model.endRow()
                && model.reply(row).isPresent();
    }

    private boolean isSelected(long row) {
        return row >= model.firstRow()
                && row < model.endRow()
                && model.rows(row, 1).stream()
                        .anyMatch(line -> model.selection().contains(line.sequence()));
    }
}
