package org.posthorn.desktop.view.capabilities;

import java.util.function.BiConsumer;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.capabilities.CapabilitiesViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRow;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRow.Change;
import org.posthorn.timeline.Facts.Stage;

/** A cell of the table, by what it tells. */
final class CapabilityCells extends TableCell<CapabilityRow, CapabilityRow> {
    private final BiConsumer<CapabilityCells, CapabilityRow> content;

    private CapabilityCells(String style, BiConsumer<CapabilityCells, CapabilityRow> content) {
        this.content = content;
        getStyleClass().add(style);
    }

    static CapabilityCells name() {
        return new CapabilityCells("wire", (cell, row) -> cell.words(row.name()));
    }

    static CapabilityCells stage(Stage stage) {
        return new CapabilityCells("stage", (cell, row) -> cell.mark(stage, row));
    }

    static CapabilityCells change() {
        return new CapabilityCells("change", (cell, row) -> cell.badge(row.change()));
    }

    static CapabilityCells rfc() {
        return new CapabilityCells("muted", (cell, row) -> cell.words(row.rfc()));
    }

    static CapabilityCells meaning() {
        return new CapabilityCells(
                "meaning",
                (cell, row) -> cell.words(row.isKnown() ? row.meaning() : "not registered; shown as it came"));
    }

    @Override
    protected void updateItem(@Nullable CapabilityRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        setGraphic(null);
        setTooltip(null);
        if (row != null && !empty) {
            content.accept(this, row);
        }
    }

    private void words(String text) {
        setText(text);
        setTooltip(text.length() > 24 ? new Tooltip(text) : null);
    }

    private void mark(Stage stage, CapabilityRow row) {
        boolean there = row.at(stage);
        setGraphic((there ? Icon.CHECK : Icon.DASH).node());
        getGraphic().getStyleClass().add(there ? "there" : "absent");
        setAccessibleText(CapabilitiesViewModel.words(stage) + ": " + (there ? "announced" : "not announced"));
    }

    private void badge(Change change) {
        switch (change) {
            case NONE -> {}
            case NEW_AFTER_TLS, NEW_AFTER_LOGIN -> setGraphic(new Badge(change.words(), Badge.Meaning.OK));
            case GONE_AFTER_TLS, GONE_AFTER_LOGIN -> setGraphic(new Badge(change.words(), Badge.Meaning.WARN));
        }
    }
}
