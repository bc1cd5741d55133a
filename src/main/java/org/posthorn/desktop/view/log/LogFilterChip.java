package org.posthorn.desktop.view.log;

import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Side;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.log.LogFilters;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.timeline.Phase;

/** The filter by connection and by phase: a chip that says what it lets through and opens the choice. */
final class LogFilterChip extends ToggleButton {
    private static final int MOST_CONNECTIONS = 12;

    private final LogViewModel model;
    private final LogFilters filters;

    LogFilterChip(LogViewModel model) {
        this.model = model;
        filters = model.filters();
        getStyleClass().setAll("chip", "command");
        setGraphic(Icon.DOWN.node());
        setContentDisplay(ContentDisplay.RIGHT);
        setMinWidth(USE_PREF_SIZE);
        setAccessibleText("Filter by connection and phase");
        setTooltip(new Tooltip("Filter by connection and phase"));
        textProperty()
                .bind(Bindings.createStringBinding(this::words, filters.connectionProperty(), filters.phaseProperty()));
        textProperty().subscribe(_ -> setSelected(isOn()));
        setOnAction(_ -> open());
    }

    private void open() {
        setSelected(isOn());
        ContextMenu menu = new ContextMenu();
        menu.getItems().addAll(connections(), phases());
        if (isOn()) {
            MenuItem clear = new MenuItem("Show every line");
            clear.setOnAction(_ -> filters.clear());
            menu.getItems().add(clear);
        }
        menu.show(this, Side.BOTTOM, 0, 4);
    }

    private Menu connections() {
        Menu menu = new Menu("Connection");
        menu.getItems().add(connection("All connections", Optional.empty()));
        SortedSet<Integer> numbers = model.connections();
        numbers.stream()
                .limit(MOST_CONNECTIONS)
                .map(number -> connection("Connection " + number, Optional.of(number)))
                .forEach(menu.getItems()::add);
        return menu;
    }

    private RadioMenuItem connection(String name, Optional<Integer> number) {
        return item(
                name,
                filters.connectionProperty().get().equals(number),
                () -> filters.connectionProperty().set(number));
    }

    private Menu phases() {
        Menu menu = new Menu("Phase");
        menu.getItems().add(phase("All phases", Optional.empty()));
        for (Phase phase : Phase.values()) {
            menu.getItems().add(phase(phase.label(), Optional.of(phase)));
        }
        return menu;
    }

    private RadioMenuItem phase(String name, Optional<Phase> phase) {
        return item(
                name,
                filters.phaseProperty().get().equals(phase),
                () -> filters.phaseProperty().set(phase));
    }

    private static RadioMenuItem item(String name, boolean chosen, Runnable choose) {
        RadioMenuItem item = new RadioMenuItem(name);
        item.setSelected(chosen);
        item.setOnAction(_ -> choose.run());
        return item;
    }

    private boolean isOn() {
        return filters.connectionProperty().get().isPresent()
                || filters.phaseProperty().get().isPresent();
    }

    private String words() {
        Optional<String> connection = filters.connectionProperty().get().map(number -> "connection " + number);
        Optional<String> phase = filters.phaseProperty().get().map(Phase::label);
        return Stream.of(connection, phase)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + " · " + other)
                .orElse("filter");
    }
}
