package org.posthorn.desktop.view.capabilities;

import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.capabilities.CapabilitiesViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRow;
import org.posthorn.timeline.Facts.Stage;

/** What the server can do: a row for each capability, a column for each stage that was reached. */
public final class CapabilitiesView extends VBox {
    private final CapabilitiesViewModel model;
    private final TableView<CapabilityRow> table = new TableView<>();
    private final TextField filter = new TextField();

    public CapabilitiesView(CapabilitiesViewModel model) {
        super(12);
        this.model = model;
        getStyleClass().add("page");
        table.setItems(model.rows());
        table.setAccessibleText("Capabilities");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(placeholder());
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(header(), table);
        model.stagesProperty().subscribe(this::showColumns);
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private HBox header() {
        filter.setPromptText("Filter by name or meaning");
        filter.setAccessibleText("Filter capabilities by name or meaning");
        filter.setPrefColumnCount(22);
        filter.textProperty().bindBidirectional(model.filterProperty());
        Label count = new Label();
        count.getStyleClass().add("hint");
        count.textProperty().bind(Bindings.createStringBinding(this::countWords, model.rows(), model.allRows()));
        Label pipelining = new Label();
        pipelining.getStyleClass().add("hint");
        pipelining.textProperty().bind(model.pipeliningProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(
                8,
                filter,
                count,
                pipelining,
                space,
                Buttons.button("Copy table", Icon.COPY, () -> copy(model.copyText())));
        header.setAlignment(Pos.CENTER_LEFT);
        return header;
    }

    private String countWords() {
        int shown = model.rows().size();
        int all = model.allRows().size();
        return shown == all ? all + " capabilities" : shown + " of " + all;
    }

    private Label placeholder() {
        Label words = new Label();
        words.getStyleClass().add("muted");
        words.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.allRows().isEmpty()
                                ? "What the server can do stands here after a connection."
                                : "No capability passes the filter.",
                        model.allRows(),
                        model.rows()));
        return words;
    }

    private void showColumns(Set<Stage> reached) {
        table.getColumns().clear();
        table.getColumns().add(column("Capability", 180, CapabilityCells::name));
        for (Stage stage : Stage.values()) {
            if (reached.contains(stage)) {
                table.getColumns().add(column(title(stage), 104, () -> CapabilityCells.stage(stage)));
            }
        }
        if (reached.size() > 1) {
            table.getColumns().add(column("Change", 120, CapabilityCells::change));
        }
        table.getColumns().add(column("RFC", 96, CapabilityCells::rfc));
        TableColumn<CapabilityRow, CapabilityRow> meaning = column("Meaning", 300, CapabilityCells::meaning);
        meaning.setMaxWidth(Double.MAX_VALUE);
        table.getColumns().add(meaning);
    }

    private static String title(Stage stage) {
        String words = CapabilitiesViewModel.words(stage);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static TableColumn<CapabilityRow, CapabilityRow> column(
            String title, double width, Supplier<CapabilityCells> cells) {
        TableColumn<CapabilityRow, CapabilityRow> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> cells.get());
        column.setPrefWidth(width);
        column.setMinWidth(70);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private void onKey(KeyEvent event) {
        CapabilityRow row = table.getSelectionModel().getSelectedItem();
        if (event.isShortcutDown() && event.getCode() == KeyCode.C && row != null) {
            copy(row.name());
            event.consume();
        }
    }

    private static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
