package org.posthorn.startup;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

/** What any window costs with JavaFX: nothing is in it. */
public final class EmptyWindow {

    private EmptyWindow() {}

    public static void main(String[] arguments) {
        Platform.startup(() -> {
            Stage stage = new Stage();
            stage.setTitle("Posthorn: an empty window");
            stage.setScene(new Scene(new Pane(), 1200, 800));
            stage.show();
        });
    }
}
