package org.posthorn.desktop.view.window;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.posthorn.desktop.view.theme.ThemeSwitch;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;

/** Asks what to do with edits that would be lost. */
public final class UnsavedDialog {

    public enum Answer {
        SAVE,
        DISCARD,
        CANCEL
    }

    private static final ButtonType SAVE = new ButtonType("Save", ButtonData.YES);
    private static final ButtonType DISCARD = new ButtonType("Discard", ButtonData.NO);

    private final Alert alert = new Alert(Alert.AlertType.NONE, "", SAVE, DISCARD, ButtonType.CANCEL);
    private final Subscription theme;

    public UnsavedDialog(Window owner, ThemeSwitch themes, List<AccountItem> unsaved) {
        alert.initOwner(owner);
        alert.setTitle("Posthorn");
        alert.setHeaderText("Save the changes before closing?");
        alert.setContentText(unsaved.stream().map(AccountItem::name).collect(Collectors.joining(", "))
                + (unsaved.size() == 1 ? " has" : " have") + " unsaved changes.");
        theme = themes.dress(alert.getDialogPane().getStylesheets());
    }

    public Answer ask() {
        ButtonType chosen = alert.showAndWait().orElse(ButtonType.CANCEL);
        theme.unsubscribe();
        if (chosen == SAVE) {
            return Answer.SAVE;
        }
        return chosen == DISCARD ? Answer.DISCARD : Answer.CANCEL;
    }
}
