package org.posthorn.desktop.viewmodel.secrets;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work that would hold up the window, and what is done with its result on the window's thread.
 *
 * @param threads runs the work, one after the other
 * @param ui runs what touches properties
 */
record Background(Executor threads, Executor ui) {

    <T> void run(Supplier<T> work, Consumer<T> then) {
        threads.execute(() -> {
            try {
                T result = work.get();
                ui.execute(() -> then.accept(result));
            } catch (RuntimeException | LinkageError bug) {
                // The window's thread knows how to show a bug.
                ui.execute(() -> {
                    throw bug;
                });
            }
        });
    }
}
