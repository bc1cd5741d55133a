package org.posthorn.desktop;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.posthorn.desktop.view.about.AboutDialog;
import org.posthorn.desktop.view.control.SystemFilePicker;
import org.posthorn.desktop.view.theme.ThemeSwitch;
import org.posthorn.desktop.view.window.DesktopView;
import org.posthorn.desktop.view.window.UnsavedDialog;
import org.posthorn.desktop.viewmodel.about.AboutViewModel;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.WindowLayout;
import org.posthorn.desktop.viewmodel.log.LogViewModel;

/** The stage: its place, its theme, and what happens when it is closed. */
final class DesktopWindow {
    private static final double WIDTH = 1360;
    private static final double HEIGHT = 860;

    /** Widths of the icon in pixels; the system takes what it needs. */
    private static final List<Integer> ICONS = List.of(16, 32, 48, 128, 256);

    private final DesktopViewModel model;
    private final Runnable onClosed;
    private final Stage stage = new Stage();
    private final DesktopView view;
    private final ThemeSwitch themes;

    DesktopWindow(
            DesktopViewModel model, LogViewModel log, AboutViewModel about, Executor uiThread, Runnable onClosed) {
        this.model = model;
        this.onClosed = onClosed;
        Platform.Preferences preferences = Platform.getPreferences();
        themes = new ThemeSwitch(model.themeProperty(), preferences.colorSchemeProperty());
        view = new DesktopView(
                model,
                log,
                new SystemFilePicker(stage),
                preferences.reducedMotionProperty(),
                uiThread,
                () -> new AboutDialog(stage, themes, about).show());
    }

    void show() {
        WindowLayout layout = model.start();
        Scene scene = new Scene(view, WIDTH, HEIGHT);
        themes.dress(scene.getStylesheets());
        stage.setTitle("Posthorn");
        stage.getIcons().setAll(ICONS.stream().map(DesktopWindow::icon).toList());
        stage.setMinWidth(760);
        stage.setMinHeight(520);
        stage.setScene(scene);
        place(layout);
        view.arrange(layout.panes());
        stage.setOnCloseRequest(this::onClose);
        stage.show();
    }

    private static Image icon(int width) {
        String file = "/org/posthorn/icons/posthorn-" + width + ".png";
        return new Image(Objects.requireNonNull(DesktopWindow.class.getResource(file), file)
                .toExternalForm());
    }

    private void place(WindowLayout layout) {
        layout.bounds().filter(DesktopWindow::isOnAScreen).ifPresent(bounds -> {
            stage.setX(bounds.x());
            stage.setY(bounds.y());
            stage.setWidth(bounds.width());
            stage.setHeight(bounds.height());
        });
        stage.setMaximized(layout.maximized());
    }

    /** A screen may be gone since the window was closed. */
    private static boolean isOnAScreen(WindowLayout.Bounds bounds) {
        return Screen.getScreens().stream()
                .map(Screen::getVisualBounds)
                .anyMatch(screen -> screen.intersects(
                        new Rectangle2D(bounds.x(), bounds.y(), bounds.width(), Math.min(60, bounds.height()))));
    }

    private void onClose(WindowEvent event) {
        event.consume();
        if (model.unsaved().isEmpty()) {
            close();
            return;
        }
        switch (new UnsavedDialog(stage, themes, model.unsaved()).ask()) {
            case SAVE -> saveAndClose();
            case DISCARD -> close();
            case CANCEL -> {}
        }
    }

    /** What cannot be saved keeps the window open, with the reason in it. */
    private void saveAndClose() {
        model.unsaved().forEach(model.accounts()::save);
        model.accounts().whenSaved(() -> {
            if (model.unsaved().isEmpty()) {
                close();
            }
        });
    }

    private void close() {
        model.close(layout());
        view.close();
        stage.hide();
        onClosed.run();
    }

    private WindowLayout layout() {
        Optional<WindowLayout.Bounds> bounds = stage.isMaximized()
                ? Optional.empty()
                : Optional.of(new WindowLayout.Bounds(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()));
        return new WindowLayout(bounds, stage.isMaximized(), view.panes());
    }
}
