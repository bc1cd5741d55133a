package org.posthorn.desktop.view.connection;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
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
public final class SignInView {
    private SignInView() {}

    public static Card of(SignInCard signIn, Runnable onCancel) {
        Card card = new Card(signIn.code().isEmpty() ? "Sign in in the browser" : "Type this code");
        card.getStyleClass().add("sign-in");
        Label sentence = new Label(signIn.sentence());
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        card.atEnd(waiting(signIn)).with(sentence);
        if (!signIn.code().isEmpty()) {
            card.with(line(code(signIn.code()), "Copy code", signIn.code()));
        }
        TextField address = FactGrid.wireText("Address", signIn.address());
        HBox.setHgrow(address, Priority.ALWAYS);
        card.with(line(address, "Copy address", signIn.address()));
        HBox end = new HBox(Buttons.plain("Cancel sign-in", onCancel));
        end.setAlignment(Pos.CENTER_RIGHT);
        return card.with(end);
    }

    private static Label waiting(SignInCard signIn) {
        Label until = new Label("Waiting until " + signIn.until());
        until.getStyleClass().add("hint");
        return until;
    }

    private static TextField code(String code) {
        TextField field = FactGrid.wireText("Code", code);
        field.getStyleClass().add("sign-in-code");
        field.setPrefColumnCount(code.length() + 1);
        field.setMaxWidth(Region.USE_PREF_SIZE);
        return field;
    }

    private static HBox line(TextField text, String name, String copied) {
        HBox line = new HBox(12, text, Buttons.button(name, Icon.COPY, () -> FailureView.copy(copied)));
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
