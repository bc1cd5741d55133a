package org.posthorn.desktop.view.log;

import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.desktop.viewmodel.log.LogViewport;
import org.posthorn.wire.WireEvent;

/** The lines in sight, and the scroll bars beside them. Row n always stands in slot n modulo the size of the pool. */
final class LogView extends Region {
    private final LogViewModel model;
    private final LogColours colours = new LogColours(this::recolour);
    private final Pane sheet = new Pane();
    private final Rectangle clip = new Rectangle();
    private final ScrollBar vertical = new ScrollBar();
    private final ScrollBar horizontal = new ScrollBar();
    private final Text measure = new Text("0000000000");
    private final List<LogRow> pool = new ArrayList<>();
    private LogColumns columns = new LogColumns(7.2, 16);
    private double reach;
    private boolean settingBars;
    private boolean changed;

    LogView(LogViewModel model) {
        this.model = model;
        getStyleClass().add("log-view");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Protocol log");
        prepareBars();
        measure.getStyleClass().add("wire");
        measure.setTextOrigin(VPos.TOP);
        measure.setVisible(false);
        measure.setManaged(false);
        sheet.setManaged(false);
        sheet.setClip(clip);
        getChildren().addAll(measure, colours, sheet, vertical, horizontal);
        new LogMouse(this, model).install();
        new LogKeys(this, model).install();
    }

    /** Draws anew in the next pulse after each change of the model, until the subscription ends. */
    Subscription watch() {
        Runnable pulse = this::drawChanges;
        Subscription scenes = sceneProperty().subscribe((before, now) -> move(pulse, before, now));
        if (getScene() != null) {
            getScene().addPreLayoutPulseListener(pulse);
        }
        Subscription logs = model.logProperty().subscribe(_ -> reach = 0);
        return model.changesProperty()
                .subscribe(this::change)
                .and(logs)
                .and(scenes)
                .and(() -> move(pulse, getScene(), null));
    }

    private static void move(Runnable pulse, @Nullable Scene from, @Nullable Scene to) {
        if (from != null) {
            from.removePreLayoutPulseListener(pulse);
        }
        if (to != null) {
            to.addPreLayoutPulseListener(pulse);
        }
    }

    /** The row at a height of this view. */
    long rowAt(double y) {
        return (long) Math.floor(model.viewport().top() + (y - 1) / columns.rowHeight());
    }

    /** Whether a place of this view is on the sign that folds a reply. */
    boolean isFold(double x) {
        return columns.isFold(x + horizontal.getValue());
    }

    double rowHeight() {
        return columns.rowHeight();
    }

    void scrollSideways(double pixels) {
        horizontal.setValue(Math.clamp(horizontal.getValue() + pixels, 0, horizontal.getMax()));
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case ITEM_COUNT -> (int) Math.min(Integer.MAX_VALUE, model.endRow() - model.firstRow());
            case ITEM_AT_INDEX -> slot(model.firstRow() + (Integer) parameters[0]);
            case FOCUS_ITEM ->
                model.selection().isEmpty()
                        ? null
                        : slot(model.rowOf(model.selection().caret()));
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    protected double computePrefHeight(double width) {
        return 200;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 3 * columns.rowHeight();
    }

    @Override
    protected void layoutChildren() {
        measureFont();
        draw();
    }

    private void change() {
        changed = true;
        Platform.requestNextPulse();
    }

    private void drawChanges() {
        if (changed && getWidth() > 0) {
            draw();
        }
    }

    /** Draws twice where the new lines need a scroll bar that the ones before did not. */
    private void draw() {
        place();
        drawRows();
        if (horizontal.isVisible() != isWide()) {
            place();
            drawRows();
        }
        setBars(sheet.getWidth());
        changed = false;
    }

    private void place() {
        boolean wide = isWide();
        double height = Math.max(0, getHeight() - 1 - (wide ? horizontal.prefHeight(-1) : 0));
        model.viewport().fit(height / columns.rowHeight());
        boolean high = model.viewport().highestTop() > model.viewport().lowestTop();
        double width = Math.max(0, getWidth() - (high ? vertical.prefWidth(-1) : 0));
        sheet.resizeRelocate(0, 1, width, height);
        clip.setWidth(width);
        clip.setHeight(height);
        vertical.setVisible(high);
        vertical.resizeRelocate(width, 1, vertical.prefWidth(-1), height);
        horizontal.setVisible(wide);
        horizontal.resizeRelocate(0, 1 + height, width, horizontal.prefHeight(-1));
    }

    private boolean isWide() {
        return reach > getWidth() - vertical.prefWidth(-1);
    }

    private void drawRows() {
        LogViewport viewport = model.viewport();
        long firstRow = (long) Math.floor(viewport.top());
        fillPool((int) Math.ceil(viewport.fitting()) + 1);
        List<WireEvent> events = model.rows(firstRow - 1, pool.size() + 1);
        boolean hasBefore = firstRow > model.firstRow();
        int shown = Math.max(0, events.size() - (hasBefore ? 1 : 0));
        double shift = snapPositionY((viewport.top() - firstRow) * columns.rowHeight());
        double width = Math.max(sheet.getWidth(), reach);
        for (int i = 0; i < pool.size(); i++) {
            LogRow row = pool.get((int) Math.floorMod(firstRow + i, (long) pool.size()));
            row.setVisible(i < shown);
            if (i < shown) {
                int at = hasBefore ? i + 1 : i;
                drawRow(row, firstRow + i, events.get(at), at > 0 ? events.get(at - 1) : null);
                row.resizeRelocate(-horizontal.getValue(), i * columns.rowHeight() - shift, width, columns.rowHeight());
            }
        }
    }

    private void drawRow(LogRow row, long number, WireEvent event, @Nullable WireEvent before) {
        long sequence = event.sequence();
        row.show(event, before, model.reply(number));
        row.mark(model.selection().contains(sequence), model.isMarked(sequence));
        row.highlight(model.find());
        reach = Math.max(reach, row.reach());
    }

    private void recolour() {
        pool.forEach(LogRow::colour);
    }

    private void fillPool(int size) {
        while (pool.size() < size) {
            LogRow row = new LogRow(columns, colours, model.text());
            pool.add(row);
            sheet.getChildren().add(row);
            row.applyCss();
        }
    }

    private @Nullable LogRow slot(long row) {
        return pool.isEmpty() ? null : pool.get((int) Math.floorMod(row, (long) pool.size()));
    }

    private void setBars(double width) {
        LogViewport viewport = model.viewport();
        settingBars = true;
        double low = viewport.lowestTop();
        double high = viewport.highestTop();
        vertical.setMin(low);
        vertical.setMax(high);
        vertical.setVisibleAmount((high - low) * viewport.fitting() / Math.max(1, high - low + viewport.fitting()));
        vertical.setUnitIncrement(1);
        vertical.setBlockIncrement(viewport.fitting());
        vertical.setValue(viewport.top());
        horizontal.setMax(Math.max(0, reach - width));
        horizontal.setVisibleAmount(horizontal.getMax() * width / Math.max(1, reach));
        horizontal.setUnitIncrement(4 * columns.character());
        horizontal.setBlockIncrement(width / 2);
        settingBars = false;
    }

    private void prepareBars() {
        vertical.setOrientation(Orientation.VERTICAL);
        vertical.setFocusTraversable(false);
        vertical.setManaged(false);
        horizontal.setManaged(false);
        horizontal.setFocusTraversable(false);
        vertical.valueProperty().addListener((_, _, value) -> {
            if (!settingBars) {
                model.viewport().scrollTo(value.doubleValue());
            }
        });
        horizontal.valueProperty().addListener((_, _, _) -> change());
    }

    private void measureFont() {
        double character =
                measure.getLayoutBounds().getWidth() / measure.getText().length();
        LogColumns measured =
                new LogColumns(character, measure.getLayoutBounds().getHeight());
        if (!measured.equals(columns)) {
            columns = measured;
            pool.clear();
            sheet.getChildren().clear();
        }
    }
}
