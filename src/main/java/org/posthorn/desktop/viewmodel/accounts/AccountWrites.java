package org.posthorn.desktop.viewmodel.accounts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.posthorn.storage.Saved;

/**
 * Writes into the account file, one after another and away from the window's thread, since another program may hold the
 * file's lock for seconds.
 */
final class AccountWrites {
    private final Executor threads;
    private final Executor ui;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    AccountWrites(Executor threads, Executor ui) {
        this.threads = threads;
        this.ui = ui;
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Runs a step at once, or once what is being written before it is done. */
    void inTurn(Runnable step) {
        if (busy.get()) {
            waiting.add(step);
        } else {
            step.run();
        }
    }

    /** Writes, and hands on what came of it; to be called in a step of {@link #inTurn}. */
    void write(Supplier<Saved> access, Consumer<Saved> outcome) {
        busy.set(true);
        threads.execute(() -> {
            try {
                Saved saved = access.get();
                ui.execute(() -> end(() -> outcome.accept(saved)));
            } catch (RuntimeException bug) {
                ui.execute(() -> end(() -> {
                    throw bug;
                }));
            }
        });
    }

    private void end(Runnable outcome) {
        busy.set(false);
        try {
            outcome.run();
        } finally {
            while (!busy.get() && !waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }
}
