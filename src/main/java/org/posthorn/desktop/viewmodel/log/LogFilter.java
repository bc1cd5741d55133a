package org.posthorn.desktop.viewmodel.log;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * Which lines are shown.
 *
 * @param connection the number of the only connection that is shown; empty for all
 * @param phase the only phase that is shown; empty for all
 */
record LogFilter(Set<Direction> directions, Optional<Integer> connection, Optional<Phase> phase) {
    LogFilter {
        directions = Set.copyOf(directions);
    }

    static LogFilter off() {
        return new LogFilter(EnumSet.allOf(Direction.class), Optional.empty(), Optional.empty());
    }

    /** The numbers of the connections that a log holds lines of, newest first. */
    static SortedSet<Integer> connections(WireLog log) {
        SortedSet<Integer> numbers = new TreeSet<>(Comparator.reverseOrder());
        List<WireEvent> lines = log.from(log.firstSequence(), LogRows.BATCH);
        while (!lines.isEmpty()) {
            lines.forEach(line -> numbers.add(line.connection()));
            lines = log.from(lines.getLast().sequence() + 1, LogRows.BATCH);
        }
        return numbers;
    }

    boolean isOff() {
        return directions.size() == Direction.values().length && connection.isEmpty() && phase.isEmpty();
    }

    boolean passes(WireEvent line) {
        return directions.contains(line.direction())
                && connection.filter(number -> number != line.connection()).isEmpty()
                && phase.filter(only -> only != line.phase()).isEmpty();
    }
}
