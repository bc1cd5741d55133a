package org.posthorn.desktop.view.picture;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.posthorn.desktop.view.theme.Fonts;
import org.posthorn.desktop.view.theme.Palette;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The stage of a test, without a display. */
public final class TestStage {
    private TestStage() {}

    /** Shows what is made on the toolkit's thread, in the light theme. */
    public static <T extends Parent> T show(double width, double height, Callable<T> root) {
        try {
            Stage stage = FxToolkit.registerPrimaryStage();
            return WaitForAsyncUtils.waitForAsyncFx(60_000, () -> {
                Fonts.load();
                T made = root.call();
                Scene scene = new Scene(made, width, height);
                scene.getStylesheets().setAll(Palette.LIGHT.sheets());
                stage.setScene(scene);
                stage.show();
                return made;
            });
        } catch (TimeoutException late) {
            throw new AssertionError("no toolkit", late);
        }
    }

    /** Hides the stage. */
    public static void close() {
        try {
            FxToolkit.cleanupStages();
        } catch (TimeoutException late) {
            throw new AssertionError("the stage did not close", late);
        }
    }
}
