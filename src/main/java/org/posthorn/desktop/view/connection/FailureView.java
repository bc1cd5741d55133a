package org.posthorn.desktop.view.connection;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.connection.FailureCard;

/** Why it failed: the sentence, what shows it, what to change and who can. */
final class FailureView extends VBox {
    private static final double NAMES = 96;
    /** A sentence, or the beginning of a fingerprint that tells it from others. */
    private static final double ROOM_FOR_FACTS = 560;

    private final HBox headline;
    private final GridPane facts;
    private final HBox commands;
    private boolean beside;

    /** @param believingOnce connects although the certificate was refused; absent where that is not what failed */
    FailureView(FailureCard failure, ConnectionLinks links, Optional<Runnable> believingOnce) {
        getStyleClass().addAll("card", "failure");
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(failure.text());
        headline = headline(failure);
        facts = facts(failure);
        commands = commands(failure, links, believingOnce);
        HBox.setHgrow(facts, Priority.ALWAYS);
        facts.setMinWidth(0);
        widthProperty().subscribe(_ -> arrange());
        arrange();
    }

    /** The commands stand beside the facts where there is room, and below them where there is not. */
    private void arrange() {
        boolean wide = getWidth() - commands.prefWidth(-1) > ROOM_FOR_FACTS;
        if (getChildren().isEmpty() || wide != beside) {
            beside = wide;
            HBox line = new HBox(16);
            line.setAlignment(Pos.BOTTOM_RIGHT);
            getChildren().setAll(headline, line);
            if (wide) {
                line.getChildren().addAll(facts, commands);
            } else {
                getChildren().setAll(headline, facts, commands);
            }
        }
    }

    private static HBox headline(FailureCard failure) {
        Label sentence = new Label(failure.sentence());
        sentence.getStyleClass().add("strong");
        sentence.setWrapText(true);
        sentence.setMinHeight(USE_PREF_SIZE);
        HBox headline = new HBox(10, new Badge(failure.title(), Badge.Meaning.BAD), sentence);
        headline.setAlignment(Pos.CENTER_LEFT);
        return headline;
    }

    private static GridPane facts(FailureCard failure) {
        FactGrid facts = new FactGrid(NAMES);
        List<String> evidence = failure.evidence();
        for (int i = 0; i < evidence.size(); i++) {
            facts.node(i == 0 ? "Evidence" : "", FactGrid.wireText("Evidence", evidence.get(i)));
        }
        if (!failure.change().isEmpty()) {
            facts.node("Change", wrapped(failure.change()));
        }
        if (!failure.who().isEmpty()) {
            facts.node("Who", wrapped(failure.who()));
        }
        return facts;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        GridPane.setHgrow(label, Priority.ALWAYS);
        return label;
    }

    private static HBox commands(FailureCard failure, ConnectionLinks links, Optional<Runnable> believingOnce) {
        HBox commands = new HBox(8);
        commands.setMinWidth(USE_PREF_SIZE);
        commands.setAlignment(Pos.BOTTOM_RIGHT);
        failure.field().ifPresent(field -> {
            var change = Buttons.plain(
                    "Change " + field.label().toLowerCase(Locale.ROOT),
                    () -> links.onField().accept(field));
            change.getStyleClass().add("accent");
            commands.getChildren().add(change);
        });
        believingOnce.ifPresent(connect -> commands.getChildren().add(Buttons.plain("Connect this once", connect)));
        commands.getChildren()
                .addAll(
                        Buttons.plain("Show log lines", () -> links.onPhase().accept(failure.stage())),
                        Buttons.button("Copy for ticket", Icon.COPY, () -> copy(failure.text())));
        return commands;
    }

    static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
