package org.posthorn.desktop.view.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.Columns;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.viewmodel.message.MessageForm;
import org.posthorn.desktop.viewmodel.message.MessageViewModel;

/** The page that sends a test message: the form, and beside it or below what became of the message. */
public final class MessageView extends ScrollPane {
    private static final double NAMES = 96;
    private static final Map<String, String> HINTS = Map.of(
            "To", "several with a comma between",
            "Attachment", "a size such as 500k or 2M, or the path of a file");

    private final MessageViewModel model;
    private final VBox results = new VBox(16);
    private final Button send;

    /** @param send sends the message as the form stands */
    public MessageView(MessageViewModel model, Runnable send) {
        this.model = model;
        this.send = Buttons.plain("_Send", send);
        Columns page = new Columns(400, 2, 16);
        page.getStyleClass().add("page");
        page.getChildren().addAll(form(), results);
        setContent(page);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        model.sendingProperty().subscribe(_ -> show());
        model.problemProperty().subscribe((_, _) -> show());
        model.searchProperty().subscribe((_, _) -> show());
        model.bugProperty().subscribe((_, _) -> show());
        model.recipients().subscribe(this::show);
        model.hops().subscribe(this::show);
        model.findings().subscribe(this::show);
    }

    private void show() {
        List<Node> parts = new ArrayList<>(MessageResults.of(model));
        if (!model.problemProperty().get().isEmpty()) {
            parts.addFirst(problem(model.problemProperty().get()));
        }
        results.getChildren().setAll(parts.isEmpty() ? List.of(invitation()) : parts);
    }

    /** Where the results will stand: it may be long, and below the form it would be out of sight. */
    private static Card problem(String sentence) {
        Label words = wrapped(sentence);
        words.getStyleClass().add("problem");
        return new Card("Not sent").with(words);
    }

    private static Label invitation() {
        Label words =
                wrapped("The message goes out with the settings as they stand on the form. What the server says to each"
                        + " recipient stands here, and its words with what they mean.");
        words.getStyleClass().add("muted");
        return words;
    }

    private Card form() {
        MessageForm fields = model.form();
        FactGrid grid = new FactGrid(NAMES);
        fields.lines().forEach((name, text) -> grid.node(name, line(name, text)));
        grid.getChildren().filtered(Label.class::isInstance).forEach(name -> GridPane.setValignment(name, VPos.CENTER));
        grid.node("Text", text(fields));
        return new Card("Test message").with(grid, choices(fields), commands());
    }

    private static TextField line(String name, StringProperty text) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(text);
        field.setAccessibleText(name);
        field.setPromptText(Optional.ofNullable(HINTS.get(name)).orElse(""));
        field.setMaxWidth(Double.MAX_VALUE);
        GridPane.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    private static TextArea text(MessageForm fields) {
        TextArea text = new TextArea();
        text.textProperty().bindBidirectional(fields.bodyProperty());
        text.setAccessibleText("Text");
        text.setPrefRowCount(3);
        text.setWrapText(true);
        return text;
    }

    private static VBox choices(MessageForm fields) {
        CheckBox find = new CheckBox("_Find it again in the mailbox, and delete it unless that is read-only");
        find.selectedProperty().bindBidirectional(fields.roundTripProperty());
        CheckBox notify = new CheckBox("Ask for _notifications (DSN)");
        notify.selectedProperty().bindBidirectional(fields.notificationProperty());
        return new VBox(8, find, notify);
    }

    private HBox commands() {
        send.getStyleClass().add("accent");
        send.disableProperty().bind(model.runningProperty());
        Button stop = Buttons.plain("S_top", model::stop);
        stop.disableProperty().bind(model.runningProperty().not());
        return new HBox(8, send, stop);
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
