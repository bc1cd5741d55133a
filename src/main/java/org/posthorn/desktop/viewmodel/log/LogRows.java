package org.posthorn.desktop.viewmodel.log;

import java.util.List;
import java.util.Optional;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * The lines that pass the filter, as rows. A row keeps its number for as long as it is kept, also when older ones leave the
 * log, so that what a person looks at stays where it is.
 */
sealed interface LogRows {
    /** Lines that are looked at before the log is asked for more. */
    int BATCH = 8192;

    /** The number of the oldest row. */
    long first();

    /** One more than the number of the newest row. */
    long end();

    /** The sequence number of a row between {@link #first()} and {@link #end()}. */
    long sequence(long row);

    /** How many lines are folded away below a row. */
    long hidden(long row);

    /** One more than the last sequence number that was taken in, whether it became a row or not. */
    long endSequence();

    /** The first row whose sequence number is not less; {@link #end()} when there is none. */
    long rowAtOrAfter(long sequence);

    /** Takes in the lines up to a sequence number, and lets go of those that have left the log. */
    void extend(long endSequence);

    static LogRows of(WireLog log, LogFilter filter, LogFolds folds) {
        return filter.isOff() && folds.isOff() ? new Every(log) : new Chosen(log, filter, folds);
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
        public long hidden(long row) {
            return 0;
        }

        @Override
        public long endSequence() {
            return end;
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

    /** A filter or folds: rows are numbered in the order of the lines that are left. */
    final class Chosen implements LogRows {
        private final WireLog log;
        private final LogFilter filter;
        private final LogFolds folds;
        private final LongRing sequences = new LongRing();
        private final LongRing hidden = new LongRing();
        private Optional<WireEvent> before = Optional.empty();
        private long head;
        private long read;

        Chosen(WireLog log, LogFilter filter, LogFolds folds) {
            this.log = log;
            this.filter = filter;
            this.folds = folds;
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
        public long hidden(long row) {
            return hidden.get(row);
        }

        @Override
        public long endSequence() {
            return read;
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
            hidden.dropTo(sequences.first());
        }

        private void choose(WireEvent event) {
            boolean continues =
                    before.filter(last -> LogFolds.continues(last, event)).isPresent();
            head = continues ? head : event.sequence();
            before = Optional.of(event);
            if (!filter.passes(event)) {
                return;
            }
            if (continues && folds.contains(head) && sequences.first() < sequences.end()) {
                hidden.increaseLast();
            } else {
                sequences.add(event.sequence());
                hidden.add(0);
            }
        }
    }
}
