package org.posthorn.desktop.view.connections;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.view.control.StatusMark;
import org.posthorn.desktop.viewmodel.connections.ConnectionRow;
import org.posthorn.timeline.ConnectionState;

/** A cell of the table. What it shows follows the row; it is made anew only for another row, so that the focus stays. */
final class ConnectionCells extends TableCell<ConnectionRow, ConnectionRow> {
    private final Function<ConnectionRow, Node> content;

    ConnectionCells(Function<ConnectionRow, Node> content) {
        this.content = content;
    }

    @Override
    protected void updateItem(@Nullable ConnectionRow row, boolean empty) {
        boolean same = row != null && !empty && row.equals(getItem()) && getGraphic() != null;
        super.updateItem(row, empty);
        if (!same) {
            setGraphic(row == null || empty ? null : content.apply(row));
        }
    }

    static Node kind(ConnectionRow row) {
        Label kind = new Label(row.kind().word());
        kind.getStyleClass().add("strong");
        return lines(kind, hint(new Label(row.use())));
    }

    static Node state(ConnectionRow row) {
        StatusMark mark = new StatusMark();
        Label word = new Label();
        row.stateProperty().subscribe(state -> {
            mark.show(mark(state));
            word.setText(word(state));
        });
        HBox line = new HBox(6, mark, word);
        line.setAlignment(Pos.CENTER_LEFT);
        return lines(line, hint(bound(row.ageProperty())));
    }

    static Node check(ConnectionRow row) {
        return lines(bound(row.checkedProperty()), hint(bound(row.roundTripProperty())));
    }

    static Node security(ConnectionRow row) {
        return lines(bound(row.securityProperty()), hint(bound(row.wayProperty())));
    }

    private static VBox lines(Node first, Node second) {
        VBox lines = new VBox(1, first, second);
        lines.setAlignment(Pos.CENTER_LEFT);
        return lines;
    }

    private static Label bound(ObservableValue<String> text) {
        Label label = new Label();
        label.textProperty().bind(text);
        return label;
    }

    private static Label hint(Label label) {
        label.getStyleClass().add("hint");
        return label;
    }

    /** The shape in the stylesheet. */
    private static String mark(ConnectionState state) {
        return switch (state) {
            case CREATED -> "untested";
            case CONNECTING, CONNECTED, AUTHENTICATING, BUSY -> "connecting";
            case READY -> "ok";
            case CLOSING, CLOSED -> "stopped";
            case BROKEN -> "failed";
        };
    }

    private static String word(ConnectionState state) {
        return switch (state) {
            case CREATED -> "Not open yet";
            case CONNECTING -> "Connecting";
            case CONNECTED -> "Connected";
            case AUTHENTICATING -> "Logging in";
            case READY -> "Ready";
            case BUSY -> "Busy";
            case CLOSING -> "Closing";
            case CLOSED -> "Closed";
            case BROKEN -> "Broken";
        };
    }
}
