package org.posthorn.desktop.viewmodel.connection;

import java.util.List;
import java.util.Optional;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/** Finds the lines of a phase in the log. */
final class LogSearch {
    private static final int BATCH = 4096;

    private final WireLog log;

    LogSearch(WireLog log) {
        this.log = log;
    }

    Optional<LineRange> lines(int connection, Phase phase) {
        Optional<LineRange> found = Optional.empty();
        long next = log.firstSequence();
        List<WireEvent> batch = log.from(next, BATCH);
        while (!batch.isEmpty()) {
            for (WireEvent event : batch) {
                if (event.connection() == connection && event.phase() == phase) {
                    long first = found.map(LineRange::first).orElse(event.sequence());
                    found = Optional.of(new LineRange(first, event.sequence()));
                }
            }
            next = batch.getLast().sequence() + 1;
            batch = log.from(next, BATCH);
        }
        return found;
    }
}
