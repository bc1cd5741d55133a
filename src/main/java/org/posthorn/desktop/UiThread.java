package org.posthorn.desktop;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/** The thread of the window, as an executor: what it is given runs there, later and in order. */
public final class UiThread implements Executor {

    @Override
    public void execute(Runnable command) {
        Platform.runLater(command);
    }
}
