package org.posthorn.desktop.viewmodel.log;

import java.util.List;
import java.util.Set;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * The lines that pass the filter, as rows. A row keeps its number for as long as it is kept, also when older ones leave the
 * log, so that what a person looks at stays where it is.
 */
sealed interface LogRows {

    /** The number of the oldest row. */
    long first();

    /** One more than the number of the newest row. */
    long end();

    /** The sequence number of a row between {@link #first()} and {@link #end()}. */
    long sequence(long row);

    /** The first row whose sequence number is not less; {@link #end()} when there is none. */
    long rowAtOrAfter(long sequence);

    /** Takes in the lines up to a sequence number, and lets go of those that have left the log. */
    void extend(long endSequence);

    static LogRows of(WireLog log, Set<Direction> directions) {
        return directions.size() == Direction.values().length ? new Every(log) : new Chosen(log, directions);
    }

    /** No filter: rows are sequence numbers. */
    final class Every implements LogRows {
        private final WireLog log;
        private long first;
        private long end;

        Every(WireLog log) {
            this.log = log;
        }

        @Override
        public long first() {
            return first;
        }

        @Override
        public long end() {
            return end;
        }

        @Override
        public long sequence(long row) {
            return row;
        }

        @Override
        public long rowAtOrAfter(long sequence) {
            return Math.clamp(sequence, first, end);
        }

        @Override
        public void extend(long endSequence) {
            first = log.firstSequence();
            end = Math.max(first, endSequence);
        }
    }

    /** A filter: rows are numbered in the order of the lines that pass. */
    final class Chosen implements LogRows {
        private static final int BATCH = 8192;

        private final WireLog log;
        private final Set<Direction> directions;
        private final LongRing sequences = new LongRing();
        private long read;

        Chosen(WireLog log, Set<Direction> directions) {
            this.log = log;
            this.directions = directions;
        }

        @Override
        public long first() {
            return sequences.first();
        }

        @Override
        public long end() {
            return sequences.end();
        }

        @Override
        public long sequence(long row) {
            return sequences.get(row);
        }

        @Override
        public long rowAtOrAfter(long sequence) {
            return sequences.indexAtOrAfter(sequence);
        }

        @Override
        public void extend(long endSequence) {
            read = Math.max(read, log.firstSequence());
            while (read < endSequence) {
                List<WireEvent> events = log.from(read, (int) Math.min(BATCH, endSequence - read));
                events.forEach(this::choose);
                read = events.isEmpty() ? endSequence : events.getLast().sequence() + 1;
            }
            sequences.dropBefore(log.firstSequence());
        }

        private void choose(WireEvent event) {
            if (directions.contains(event.direction())) {
                sequences.add(event.sequence());
            }
        }
    }
}
