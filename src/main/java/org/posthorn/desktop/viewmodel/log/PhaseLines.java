package org.posthorn.desktop.viewmodel.log;

import java.util.List;
import java.util.Optional;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * The lines of one connection in one phase that follow each other, lines of other connections aside.
 *
 * @param telling the server's last line among them, else the last one
 */
record PhaseLines(long first, long last, long telling) {
    private static final int BATCH = 1024;

    /** The run nearest to the end of the log. */
    static Optional<PhaseLines> last(WireLog log, long endSequence, int connection, Phase phase) {
        Optional<PhaseLines> run = Optional.empty();
        long end = endSequence;
        long first = log.firstSequence();
        while (end > first) {
            long from = Math.max(first, end - BATCH);
            List<WireEvent> events = log.from(from, (int) (end - from));
            for (WireEvent event : events.reversed()) {
                if (event.connection() == connection && event.phase() == phase) {
                    run = Optional.of(run.map(lines -> lines.with(event)).orElseGet(() -> of(event)));
                } else if (event.connection() == connection && run.isPresent()) {
                    return run;
                }
            }
            end = from;
        }
        return run;
    }

    private static PhaseLines of(WireEvent event) {
        return new PhaseLines(event.sequence(), event.sequence(), isServer(event) ? event.sequence() : -1);
    }

    private PhaseLines with(WireEvent earlier) {
        boolean tells = telling < 0 && isServer(earlier);
        return new PhaseLines(earlier.sequence(), last, tells ? earlier.sequence() : telling);
    }

    private static boolean isServer(WireEvent event) {
        return event.direction() == Direction.SERVER;
    }

    @Override
    public long telling() {
        return telling < 0 ? last : telling;
    }
}
