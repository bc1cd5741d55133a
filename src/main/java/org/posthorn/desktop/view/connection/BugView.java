package org.posthorn.desktop.view.connection;

import java.io.PrintWriter;
import java.io.StringWriter;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;

/** A bug of Posthorn, which says nothing about the mail server. */
public final class BugView extends VBox {

    public BugView(Throwable bug) {
        Label sentence = new Label("Posthorn met an error of its own. This says nothing about a mail server.");
        sentence.getStyleClass().add("strong");
        sentence.setWrapText(true);
        Label what = new Label(bug.toString());
        what.getStyleClass().add("wire");
        what.setWrapText(true);
        HBox headline = new HBox(10, new Badge("Bug in Posthorn", Badge.Meaning.WARN), sentence);
        headline.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("card", "bug");
        getChildren()
                .addAll(
                        headline,
                        what,
                        Buttons.button("Copy the details", Icon.COPY, () -> FailureView.copy(trace(bug))));
    }

    private static String trace(Throwable bug) {
        StringWriter text = new StringWriter();
        bug.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
