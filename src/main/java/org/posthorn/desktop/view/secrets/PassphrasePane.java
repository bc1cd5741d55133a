package org.posthorn.desktop.view.secrets;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.posthorn.account.Secret;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.viewmodel.secrets.PassphraseViewModel;

/** Lies over the window while a passphrase is asked for, and is not there otherwise. */
public final class PassphrasePane extends StackPane {
    private static final double WIDTH = 400;

    public PassphrasePane(ReadOnlyObjectProperty<Optional<PassphraseViewModel>> question) {
        getStyleClass().add("passphrase-pane");
        question.subscribe(this::show);
    }

    private void show(Optional<PassphraseViewModel> asked) {
        getChildren().clear();
        setVisible(asked.isPresent());
        setManaged(asked.isPresent());
        asked.ifPresent(this::ask);
    }

    private void ask(PassphraseViewModel model) {
        VBox fields = new VBox(8);
        if (model.purpose().needsPresent()) {
            fields.getChildren().add(row("Passphrase", model.presentProperty(), model));
        }
        if (model.purpose().needsNew()) {
            fields.getChildren().add(row("New passphrase", model.chosenProperty(), model));
            fields.getChildren().add(row("Once more", model.repeatedProperty(), model));
        }
        Card card = new Card(model.purpose().title())
                .with(wrapped(model.explanation(), "hint"), fields, problem(model), buttons(model));
        card.getStyleClass().addAll("settings-card", "passphrase-card");
        card.setMaxSize(WIDTH, USE_PREF_SIZE);
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(model.purpose().title());
        card.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.cancel();
                event.consume();
            }
        });
        getChildren().add(card);
        Optional.ofNullable(fields.lookup(".password-field")).ifPresent(Node::requestFocus);
    }

    private static HBox row(String name, ObjectProperty<Secret> secret, PassphraseViewModel model) {
        PasswordField field = new PasswordField();
        field.setAccessibleText(name);
        field.setMaxWidth(Double.MAX_VALUE);
        field.textProperty().subscribe((_, typed) -> secret.set(Secret.of(typed)));
        field.disableProperty().bind(model.busyProperty());
        field.setOnAction(_ -> model.submit());
        HBox.setHgrow(field, Priority.ALWAYS);
        Label label = new Label(name);
        label.getStyleClass().addAll("muted", "setting-name");
        label.setMinWidth(125);
        label.setLabelFor(field);
        return new HBox(label, field);
    }

    private static Label problem(PassphraseViewModel model) {
        Label problem = wrapped("", "problem");
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    private static HBox buttons(PassphraseViewModel model) {
        Button cancel = Buttons.plain("Not now", model::cancel);
        Button submit = Buttons.plain(model.purpose().action(), model::submit);
        submit.getStyleClass().add("accent");
        cancel.disableProperty().bind(model.busyProperty());
        submit.disableProperty().bind(model.busyProperty());
        HBox buttons = new HBox(8, cancel, submit);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        return buttons;
    }

    private static Label wrapped(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
