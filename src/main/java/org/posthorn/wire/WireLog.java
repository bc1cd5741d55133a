package org.posthorn.wire;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.posthorn.timeline.Phase;

/**
 * The last lines that passed, bounded in number: when it is full the oldest line makes room. Safe for any number of
 * threads; readers copy what they need and never hold up a writer for long.
 */
public final class WireLog {
    /** Lines kept when nothing else is said. */
    public static final int DEFAULT_CAPACITY = 1_000_000;

    private static final int FIRST_SIZE = 256;

    private final Clock clock;
    private final int capacity;
    private final List<Consumer<WireEvent>> listeners = new CopyOnWriteArrayList<>();
    private WireEvent[] ring;
    private long first;
    private long next;

    public WireLog(Clock clock, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive");
        }
        this.clock = clock;
        this.capacity = capacity;
        this.ring = new WireEvent[Math.min(FIRST_SIZE, capacity)];
    }

    /** A subscription to new lines; closing it ends it. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Hears each line as it is added, in order, on the thread that adds it; must return quickly and never throw. */
    public Subscription subscribe(Consumer<WireEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Adds a line; the caller has removed its secrets. */
    public synchronized void append(int connection, Direction direction, Phase phase, String text) {
        WireEvent event = new WireEvent(next, clock.instant(), System.nanoTime(), connection, direction, phase, text);
        makeRoom();
        ring[(int) (next % ring.length)] = event;
        next++;
        listeners.forEach(listener -> listener.accept(event));
    }

    /** The lines from a sequence number on, at most so many; what has left the log is left out. */
    public synchronized List<WireEvent> from(long sequence, int most) {
        long start = Math.max(first, sequence);
        long end = Math.min(next, start + most);
        List<WireEvent> events = new ArrayList<>((int) Math.max(0, end - start));
        for (long s = start; s < end; s++) {
            events.add(ring[(int) (s % ring.length)]);
        }
        return events;
    }

    /** The sequence number of the oldest line that is kept. */
    public synchronized long firstSequence() {
        return first;
    }

    /** The sequence number that the next line will get. */
    public synchronized long nextSequence() {
        return next;
    }

    private void makeRoom() {
        if (next - first < ring.length) {
            return;
        }
        if (ring.length < capacity) {
            grow();
        } else {
            first++;
        }
    }

    private void grow() {
        WireEvent[] larger = new WireEvent[(int) Math.min(capacity, ring.length * 2L)];
        for (long s = first; s < next; s++) {
            larger[(int) (s % larger.length)] = ring[(int) (s % ring.length)];
        }
        ring = larger;
    }
}
