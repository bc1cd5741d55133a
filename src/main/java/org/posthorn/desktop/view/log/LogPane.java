package org.posthorn.desktop.view.log;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.FilePicker;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.wire.Direction;

/** The protocol log with its commands. Runs until it is closed. */
public final class LogPane extends BorderPane implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    /** From this width on every command has room for its word beside its icon. */
    private static final double WORDY = 900;

    private final LogViewModel model;
    private final FilePicker files;
    private final LogView view;
    private final LogFindBar findBar;
    private final HBox commands = new HBox(8);
    private final Subscription running;

    public LogPane(LogViewModel model, FilePicker files, Executor uiThread) {
        this.model = model;
        this.files = files;
        this.view = new LogView(model);
        this.findBar = new LogFindBar(model, this::endFind);
        getStyleClass().add("log-pane");
        fillCommands();
        setTop(header());
        setCenter(new StackPane(view, emptyWords()));
        view.setOnContextMenuRequested(event -> menu().show(view, event.getScreenX(), event.getScreenY()));
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        running = view.watch().and(new LogFeed(model, uiThread).run());
    }

    @Override
    public void close() {
        running.unsubscribe();
    }

    /** Opens the search and puts the cursor into it. */
    public void find() {
        findBar.setVisible(true);
        findBar.open();
    }

    private void endFind() {
        model.find().queryProperty().set("");
        findBar.setVisible(false);
        view.requestFocus();
    }

    private HBox header() {
        Label title = new Label("Protocol log");
        title.getStyleClass().add("strong");
        title.setMinWidth(USE_PREF_SIZE);
        title.setLabelFor(view);
        HBox header = new HBox(title);
        for (Direction direction : Direction.values()) {
            header.getChildren().add(chip(direction));
        }
        header.getChildren().add(new LogFilterChip(model));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        header.getChildren().addAll(space, lineCount(), findBar, commands);
        header.getStyleClass().add("log-header");
        return header;
    }

    private void fillCommands() {
        findBar.setVisible(false);
        findBar.managedProperty().bind(findBar.visibleProperty());
        Button find = Buttons.chipButton("find", Icon.FIND, "Find in log (Ctrl+F)", this::find);
        find.visibleProperty().bind(findBar.visibleProperty().not());
        find.managedProperty().bind(find.visibleProperty());
        ToggleButton pause = toggle("pause", Icon.PAUSE, "Pause the view; the log itself goes on");
        pause.selectedProperty().bindBidirectional(model.pausedProperty());
        ToggleButton follow = toggle("follow", Icon.FOLLOW, "Follow the newest line");
        follow.selectedProperty().bindBidirectional(model.viewport().followProperty());
        commands.getStyleClass().add("log-commands");
        Button copy =
                Buttons.chipButton("copy", Icon.COPY, "Copy the selected lines, or all", () -> LogKeys.copy(model));
        Button save = Buttons.chipButton("save", Icon.SAVE, "Save the lines shown, without secrets", this::save);
        for (Labeled command : List.of(find, pause, copy, save)) {
            command.contentDisplayProperty()
                    .bind(Bindings.when(widthProperty().lessThan(WORDY))
                            .then(ContentDisplay.GRAPHIC_ONLY)
                            .otherwise(ContentDisplay.LEFT));
        }
        commands.getChildren().addAll(find, pause, follow, copy, save);
        commands.setMinWidth(USE_PREF_SIZE);
        commands.setAlignment(Pos.CENTER_RIGHT);
    }

    private static ToggleButton toggle(String text, Icon icon, String name) {
        ToggleButton toggle = Buttons.chip(text, name, "command");
        toggle.setGraphic(icon.node());
        return toggle;
    }

    private ToggleButton chip(Direction direction) {
        ToggleButton chip = Buttons.chip(word(direction), "Show lines: " + word(direction), style(direction));
        chip.setMinWidth(USE_PREF_SIZE);
        chip.setSelected(model.filters().directions().contains(direction));
        chip.setOnAction(_ -> {
            if (chip.isSelected()) {
                model.filters().directions().add(direction);
            } else {
                model.filters().directions().remove(direction);
            }
        });
        return chip;
    }

    private Label lineCount() {
        Label count = new Label();
        count.getStyleClass().add("hint");
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        this::countWords, model.linesProperty(), model.waitingProperty(), model.noticeProperty()));
        return count;
    }

    private String countWords() {
        long waiting = model.waitingProperty().get();
        String notice = model.noticeProperty().get();
        String lines = String.format("%,d lines", model.linesProperty().get());
        if (waiting > 0) {
            return lines + String.format(" · %,d more wait", waiting);
        }
        return notice.isEmpty() ? lines : notice;
    }

    private Label emptyWords() {
        Label words = new Label();
        words.getStyleClass().add("log-empty");
        words.setMouseTransparent(true);
        words.visibleProperty().bind(model.linesProperty().isEqualTo(0));
        words.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.filters().areOn()
                                ? "No line passes the filter."
                                : "Every line that passes stands here once a connection is made.",
                        model.filters().directions(),
                        model.filters().connectionProperty(),
                        model.filters().phaseProperty(),
                        model.linesProperty()));
        return words;
    }

    private ContextMenu menu() {
        MenuItem copy = item("Copy", "Shortcut+C", () -> LogKeys.copy(model));
        MenuItem all = item("Select all", "Shortcut+A", model::selectAll);
        MenuItem fold = item("Fold or unfold the reply", "Space", () -> LogKeys.toggleReply(model));
        CheckMenuItem folds = new CheckMenuItem("Fold every reply of several lines");
        folds.setSelected(model.foldedProperty().get());
        folds.setOnAction(_ -> model.foldedProperty().set(folds.isSelected()));
        MenuItem find = item("Find…", "Shortcut+F", this::find);
        MenuItem save = new MenuItem("Save lines…");
        save.setOnAction(_ -> save());
        return new ContextMenu(copy, all, find, save, new SeparatorMenuItem(), fold, folds);
    }

    private static MenuItem item(String text, String keys, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setAccelerator(KeyCombination.valueOf(keys));
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void save() {
        String name = "posthorn-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + ".log";
        files.save("Save the protocol log", name).ifPresent(model::save);
    }

    private void onKey(KeyEvent event) {
        boolean find = event.isShortcutDown() && event.getCode() == KeyCode.F;
        if (find) {
            find();
            event.consume();
        } else if (event.getCode() == KeyCode.F3) {
            stepFind(event.isShiftDown());
            event.consume();
        }
    }

    private void stepFind(boolean back) {
        if (back) {
            model.findPrevious();
        } else {
            model.findNext();
        }
    }

    private static String word(Direction direction) {
        return switch (direction) {
            case CLIENT -> "Client";
            case SERVER -> "Server";
            case TLS -> "TLS";
            case STATE -> "Events";
        };
    }

    private static String style(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
