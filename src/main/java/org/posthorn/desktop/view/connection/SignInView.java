package org.posthorn.desktop.view.connection;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.connection.SignInCard;

/** What the person has to do for a token: the code large, the address, and the way out. */
final class SignInView {
    private static final double WAITING = 16;

    private SignInView() {}

    static Card of(SignInCard signIn, Runnable onCancel) {
        Card card = new Card(signIn.code().isEmpty() ? "Sign in in the browser" : "Type this code");
        card.getStyleClass().add("sign-in");
        Label sentence = new Label(signIn.sentence());
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        card.atEnd(waiting(signIn)).with(sentence);
        if (!signIn.code().isEmpty()) {
            card.with(line(code(signIn.code()), "Copy code", signIn.code()));
        }
        card.with(line(FactGrid.wireText("Address", signIn.address()), "Copy address", signIn.address()));
        HBox end = new HBox(Buttons.plain("Cancel sign-in", onCancel));
        end.setAlignment(Pos.CENTER_RIGHT);
        return card.with(end);
    }

    private static HBox waiting(SignInCard signIn) {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setPrefSize(WAITING, WAITING);
        turning.setMinSize(WAITING, WAITING);
        turning.setAccessibleText("waiting for the sign-in");
        Label until = new Label("waiting until " + signIn.until());
        until.getStyleClass().add("hint");
        HBox waiting = new HBox(8, turning, until);
        waiting.setAlignment(Pos.CENTER_RIGHT);
        return waiting;
    }

    private static TextField code(String code) {
        TextField field = FactGrid.wireText("Code", code);
        field.getStyleClass().add("sign-in-code");
        return field;
    }

    private static HBox line(TextField text, String name, String copied) {
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = new HBox(8, text, Buttons.button(name, Icon.COPY, () -> FailureView.copy(copied)));
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
