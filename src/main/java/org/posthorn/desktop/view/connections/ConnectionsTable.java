package org.posthorn.desktop.view.connections;

import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.viewmodel.connections.ConnectionRow;
import org.posthorn.desktop.viewmodel.connections.ConnectionsViewModel;

/** A row for each connection, as high as all of them: the page scrolls. */
final class ConnectionsTable extends TableView<ConnectionRow> {
    private static final double ROW = 46;
    private static final double HEADER = 34;

    private final ConnectionsViewModel model;
    private final Consumer<Integer> onConnection;

    /** @param onConnection shows the log lines of a connection */
    ConnectionsTable(ConnectionsViewModel model, Consumer<Integer> onConnection) {
        this.model = model;
        this.onConnection = onConnection;
        setItems(model.rows());
        setAccessibleText("Open connections; Enter sends a NOOP, Delete closes");
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        setFixedCellSize(ROW);
        prefHeightProperty().bind(Bindings.size(model.rows()).multiply(ROW).add(HEADER));
        setMinHeight(USE_PREF_SIZE);
        getColumns().add(column("Connection", 190, 320, ConnectionCells::kind));
        getColumns().add(column("Log", 52, 80, this::number));
        getColumns().add(column("State", 104, 190, ConnectionCells::state));
        getColumns().add(column("Last check", 92, 170, ConnectionCells::check));
        getColumns().add(column("Security", 90, 150, ConnectionCells::security));
        getColumns().add(column("", 150, 160, this::commands));
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private static TableColumn<ConnectionRow, ConnectionRow> column(
            String title, double width, double widest, Function<ConnectionRow, Node> content) {
        TableColumn<ConnectionRow, ConnectionRow> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new ConnectionCells(content));
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setMaxWidth(widest);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private Node number(ConnectionRow row) {
        Button number =
                Buttons.link("", () -> onConnection.accept(row.numberProperty().get()));
        number.textProperty().bind(row.numberProperty().map(n -> n.intValue() == 0 ? "" : "#" + n));
        name(number, row.numberProperty().map(n -> "Show the log of connection " + n + " alone"));
        return number;
    }

    private HBox commands(ConnectionRow row) {
        Button noop = Buttons.plain("NOOP", () -> model.check(row));
        noop.disableProperty().bind(row.canCheckProperty().not());
        name(noop, row.numberProperty().map(n -> "Send a NOOP on connection " + n + "; a broken one is opened anew"));
        HBox commands = new HBox(6, noop);
        commands.setAlignment(Pos.CENTER_LEFT);
        if (row.canClose()) {
            Button close = Buttons.plain("Close", () -> model.close(row));
            name(close, row.numberProperty().map(n -> "Close connection " + n));
            commands.getChildren().add(close);
        }
        return commands;
    }

    private static void name(Button button, ObservableValue<String> name) {
        button.setMinWidth(USE_PREF_SIZE);
        button.accessibleTextProperty().bind(name);
        Tooltip tooltip = new Tooltip();
        tooltip.textProperty().bind(name);
        button.setTooltip(tooltip);
    }

    private void onKey(KeyEvent event) {
        ConnectionRow row = getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        switch (event.getCode()) {
            case ENTER -> model.check(row);
            case DELETE -> model.close(row);
            default -> {
                return;
            }
        }
        event.consume();
    }
}
