package org.posthorn.desktop.view.window;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;

/** What the account file has to say, until it is dismissed. */
final class NoticeBar extends HBox {

    NoticeBar(AccountsViewModel accounts) {
        super(8);
        getStyleClass().add("notice-bar");
        setAlignment(Pos.CENTER_LEFT);
        Label sentence = new Label();
        sentence.setWrapText(true);
        sentence.setMinHeight(USE_PREF_SIZE);
        sentence.setMaxWidth(Double.MAX_VALUE);
        sentence.textProperty().bind(accounts.noticeProperty());
        HBox.setHgrow(sentence, Priority.ALWAYS);
        Button dismiss = Buttons.icon(Icon.CROSS, "Dismiss this message", accounts::dismissNotice);
        dismiss.getStyleClass().addAll("small", "quiet");
        getChildren().addAll(sentence, dismiss);
        visibleProperty().bind(accounts.noticeProperty().isNotEmpty());
        managedProperty().bind(visibleProperty());
    }
}
