package org.posthorn.desktop.view.log;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;
import org.posthorn.desktop.viewmodel.log.LogViewModel;

/** Arrows, page, home and end move the caret, with Shift they extend the selection; space folds a reply; copy and select all. */
final class LogKeys {
    private static final double SIDEWAYS = 40;

    private final LogView view;
    private final LogViewModel model;

    LogKeys(LogView view, LogViewModel model) {
        this.view = view;
        this.model = model;
    }

    void install() {
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void onKey(KeyEvent event) {
        boolean done = event.isShortcutDown() ? shortcut(event) : move(event);
        if (done) {
            event.consume();
        }
    }

    private boolean shortcut(KeyEvent event) {
        switch (event.getCode()) {
            case C -> copy(model);
            case A -> model.selectAll();
            case HOME -> model.moveCaretTo(model.firstRow(), event.isShiftDown());
            case END -> model.moveCaretTo(model.endRow(), event.isShiftDown());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean move(KeyEvent event) {
        boolean extend = event.isShiftDown();
        long page = Math.max(1, (long) model.viewport().fitting() - 1);
        switch (event.getCode()) {
            case UP -> model.moveCaret(-1, extend);
            case DOWN -> model.moveCaret(1, extend);
            case PAGE_UP -> model.moveCaret(-page, extend);
            case PAGE_DOWN -> model.moveCaret(page, extend);
            case HOME -> model.moveCaretTo(model.firstRow(), extend);
            case END -> model.moveCaretTo(model.endRow(), extend);
            case SPACE -> toggleReply(model);
            case LEFT -> view.scrollSideways(-SIDEWAYS);
            case RIGHT -> view.scrollSideways(SIDEWAYS);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Folds or unfolds the reply that the caret is in. */
    static void toggleReply(LogViewModel model) {
        if (!model.selection().isEmpty()) {
            model.toggleReply(model.rowOf(model.selection().caret()));
        }
    }

    /** Puts the selected lines on the clipboard; all lines when none is selected. */
    static void copy(LogViewModel model) {
        if (model.selection().isEmpty()) {
            model.selectAll();
        }
        ClipboardContent content = new ClipboardContent();
        content.putString(model.selectedText());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
