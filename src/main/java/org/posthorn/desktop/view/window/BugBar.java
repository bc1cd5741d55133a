package org.posthorn.desktop.view.window;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.posthorn.desktop.view.connection.BugView;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;

/** A bug of Posthorn that is no test's, until it is dismissed. */
final class BugBar extends HBox {
    private final Button dismiss;

    BugBar(DesktopViewModel desktop) {
        super(8);
        setPadding(new Insets(8, 12, 8, 12));
        setAlignment(Pos.TOP_LEFT);
        dismiss = Buttons.icon(Icon.CROSS, "Dismiss this error", desktop::dismissBug);
        dismiss.getStyleClass().addAll("small", "quiet");
        visibleProperty().bind(desktop.bugProperty().map(bug -> bug.isPresent()));
        managedProperty().bind(visibleProperty());
        desktop.bugProperty().subscribe(bug -> {
            getChildren().clear();
            bug.ifPresent(this::show);
        });
    }

    private void show(Throwable bug) {
        BugView view = new BugView(bug);
        HBox.setHgrow(view, Priority.ALWAYS);
        getChildren().addAll(view, dismiss);
    }
}
