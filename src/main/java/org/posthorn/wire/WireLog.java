package org.posthorn.wire;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.timeline.Phase;

/**
 * The last lines that passed, bounded in number and in memory: when it is full the oldest lines make room. Safe for any
 * number of threads; readers copy what they need, and neither they nor the listeners hold each other up.
 */
public final class WireLog {
    /** Lines kept when nothing else is said. */
    public static final int DEFAULT_CAPACITY = 1_000_000;

    /** Bytes of memory that the lines may take when nothing else is said, about. */
    public static final long DEFAULT_BYTES = 512L * 1024 * 1024;

    /** The objects around the characters of a line: event, time, string. */
    private static final int BYTES_PER_EVENT = 128;

    private static final int FIRST_SIZE = 256;

    private final Clock clock;
    private final int capacity;
    private final long mostBytes;
    private final List<Consumer<WireEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Object lines = new Object();
    private @Nullable WireEvent[] ring;
    private long first;
    private long next;
    private long bytes;

    public WireLog(Clock clock, int capacity) {
        this(clock, capacity, DEFAULT_BYTES);
    }

    /** A log that keeps at most so many lines, which take at most so many bytes of memory, though always the last line. */
    public WireLog(Clock clock, int capacity, long mostBytes) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive");
        }
        this.clock = clock;
        this.capacity = capacity;
        this.ring = new WireEvent[Math.min(FIRST_SIZE, capacity)];
        this.mostBytes = mostBytes;
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
        // Only appending threads change next, and they hold this object's lock.
        WireEvent event =
                new WireEvent(nextSequence(), clock.instant(), System.nanoTime(), connection, direction, phase, text);
        synchronized (lines) {
            add(event);
        }
        listeners.forEach(listener -> listener.accept(event));
    }

    /** The lines from a sequence number on, at most so many; what has left the log is left out. */
    public List<WireEvent> from(long sequence, int most) {
        synchronized (lines) {
            long start = Math.max(first, sequence);
            long end = Math.min(next, start + most);
            List<WireEvent> events = new ArrayList<>((int) Math.max(0, end - start));
            for (long s = start; s < end; s++) {
                events.add(at(s));
            }
            return events;
        }
    }

    /** The sequence number of the oldest line that is kept. */
    public long firstSequence() {
        synchronized (lines) {
            return first;
        }
    }

    /** The sequence number that the next line will get. */
    public long nextSequence() {
        synchronized (lines) {
            return next;
        }
    }

    private void add(WireEvent event) {
        if (next - first == ring.length && ring.length < capacity) {
            grow();
        }
        if (next - first == ring.length) {
            dropFirst();
        }
        ring[(int) (next % ring.length)] = event;
        next++;
        bytes += size(event);
        while (bytes > mostBytes && next - first > 1) {
            dropFirst();
        }
    }

    private void dropFirst() {
        bytes -= size(at(first));
        ring[(int) (first % ring.length)] = null;
        first++;
    }

    private void grow() {
        @Nullable WireEvent[] larger = new WireEvent[(int) Math.min(capacity, ring.length * 2L)];
        for (long s = first; s < next; s++) {
            larger[(int) (s % larger.length)] = at(s);
        }
        ring = larger;
    }

    private WireEvent at(long sequence) {
        return Objects.requireNonNull(ring[(int) (sequence % ring.length)]);
    }

    private static long size(WireEvent event) {
        return BYTES_PER_EVENT + 2L * event.text().length();
    }
}
