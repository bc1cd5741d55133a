package org.posthorn.desktop.view.connection;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.connection.NodeState;
import org.posthorn.desktop.viewmodel.connection.RailNode;
import org.posthorn.timeline.Phase;

/** A phase on the rail: its mark, its name, what it learnt and how long it took. A click selects its log lines. */
final class RailStop extends Button {
    /** Distance of the mark's middle from the upper edge. */
    static final double MARK = 19;

    private static final double ROOM_FOR_FACTS = 124;

    private final RailNode node;
    private final StackPane mark = new StackPane();
    private final Subscription watching;

    RailStop(RailNode node, Consumer<Phase> onChoose) {
        this.node = node;
        Label name = new Label(node.label());
        name.getStyleClass().add("rail-name");
        Label time = new Label();
        time.getStyleClass().add("hint");
        time.textProperty()
                .bind(Bindings.createStringBinding(
                        this::words, node.timeProperty(), node.factProperty(), widthProperty()));
        mark.getStyleClass().add("rail-mark");
        VBox content = new VBox(mark, name, time);
        content.setAlignment(Pos.TOP_CENTER);
        content.getStyleClass().add("rail-words");
        setGraphic(content);
        setOnAction(_ -> onChoose.accept(node.phase()));
        Tooltip hint = new Tooltip();
        setTooltip(hint);
        watching = node.stateProperty()
                .subscribe(this::show)
                .and(node.detailProperty().subscribe(_ -> describe(hint)));
    }

    RailNode node() {
        return node;
    }

    void end() {
        watching.unsubscribe();
    }

    private void show(NodeState state) {
        getStyleClass().setAll("rail-stop", state.name().toLowerCase(Locale.ROOT));
        mark.getChildren().clear();
        switch (state) {
            case OK -> mark.getChildren().add(Icon.CHECK.node());
            case FAILED -> mark.getChildren().add(Icon.CROSS.node());
            case RUNNING -> mark.getChildren().add(Icon.MORE.node());
            case SKIPPED -> mark.getChildren().add(Icon.DASH.node());
            case CANCELLED -> mark.getChildren().add(Icon.STOP.node());
            case WAITING -> {}
        }
        setAccessibleText(node.spoken());
    }

    private void describe(Tooltip hint) {
        hint.setText(node.spoken());
        setAccessibleText(node.spoken());
    }

    private String words() {
        String fact = node.factProperty().get();
        String time = node.timeProperty().get();
        return fact.isEmpty() || getWidth() < ROOM_FOR_FACTS ? time : fact + " · " + time;
    }
}
