package org.posthorn.mailbox.bulk;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Where every thread of heavy work writes how far it is; readers hear one snapshot after the other. */
final class Board {
    private final Consumer<Progress> live;
    private Progress now;

    Board(int connections, Consumer<Progress> live) {
        this.live = live;
        this.now = Progress.with(connections);
    }

    /** Nothing may be locked by the caller that a listener could want. */
    synchronized void change(UnaryOperator<Progress> change) {
        now = change.apply(now);
        live.accept(now);
    }

    synchronized Progress now() {
        return now;
    }
}
