package org.posthorn.desktop.view.connection;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.viewmodel.connection.Remark;

/** What is worth knowing beside the outcome. */
public final class RemarksView {
    private RemarksView() {}

    public static Card of(List<Remark> remarks, ConnectionLinks links) {
        Card card = new Card("Remarks");
        remarks.forEach(remark -> card.with(line(remark, links)));
        return card;
    }

    private static HBox line(Remark remark, ConnectionLinks links) {
        Badge badge =
                remark.warning() ? new Badge("warning", Badge.Meaning.WARN) : new Badge("note", Badge.Meaning.PLAIN);
        VBox words = new VBox(2, wrapped(remark.sentence()));
        if (!remark.change().isEmpty()) {
            Label change = wrapped(remark.change());
            change.getStyleClass().add("muted");
            words.getChildren().add(change);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(10, badge, words);
        line.setAlignment(Pos.TOP_LEFT);
        remark.field()
                .ifPresent(field -> line.getChildren()
                        .add(Buttons.link(
                                "Show " + field.label(), () -> links.onField().accept(field))));
        return line;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }
}
