package org.posthorn.desktop.view.about;

import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.posthorn.desktop.view.theme.ThemeSwitch;
import org.posthorn.desktop.viewmodel.about.AboutViewModel;

/** The page about Posthorn in a window of its own. */
public final class AboutDialog {
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final Subscription theme;

    public AboutDialog(Window owner, ThemeSwitch themes, AboutViewModel about) {
        dialog.initOwner(owner);
        dialog.setTitle("About Posthorn");
        dialog.getDialogPane().setContent(new AboutPage(about));
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        theme = themes.dress(dialog.getDialogPane().getStylesheets());
    }

    /** Shows it until a person closes it. */
    public void show() {
        dialog.showAndWait();
        theme.unsubscribe();
    }
}
