package org.posthorn.desktop.view.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.viewmodel.secrets.KeepingViewModel;

/** Where the account's secrets are kept, and how that stands. */
public final class KeepingCard extends VBox {
    private final KeepingViewModel model;
    private final List<ToggleButton> choices = new ArrayList<>();

    public KeepingCard(KeepingViewModel model) {
        this.model = model;
        Label scope = new Label("for all servers of this account");
        scope.getStyleClass().add("hint");
        Card card = new Card("Keep passwords and tokens").atEnd(scope).with(choices(), sentence(), action());
        card.getStyleClass().add("settings-card");
        getChildren().add(card);
        model.choiceProperty().subscribe(this::select);
    }

    private HBox choices() {
        HBox row = new HBox(4);
        Arrays.stream(SecretKeeping.values()).map(this::choice).forEach(choices::add);
        row.getChildren().addAll(choices);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private ToggleButton choice(SecretKeeping keeping) {
        ToggleButton button = new ToggleButton(keeping.label());
        button.getStyleClass().setAll("choice");
        button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        button.setAccessibleText("Keep passwords and tokens: " + keeping.label());
        button.setMinWidth(USE_PREF_SIZE);
        button.setUserData(keeping);
        button.setOnAction(_ -> {
            model.choiceProperty().set(keeping);
            select(keeping);
        });
        return button;
    }

    private Label sentence() {
        Label sentence = new Label();
        sentence.getStyleClass().add("hint");
        sentence.setWrapText(true);
        sentence.setMinHeight(USE_PREF_SIZE);
        sentence.textProperty().bind(model.sentenceProperty());
        return sentence;
    }

    private Button action() {
        Button button = Buttons.plain("", model::act);
        button.setMnemonicParsing(false);
        button.textProperty().bind(model.actionProperty());
        button.visibleProperty().bind(model.actionProperty().isNotEmpty());
        button.managedProperty().bind(button.visibleProperty());
        return button;
    }

    private void select(SecretKeeping chosen) {
        choices.forEach(button -> button.setSelected(button.getUserData() == chosen));
    }
}
