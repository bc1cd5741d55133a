package org.posthorn.timeline;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a connection was in each of its states, the one it is in now up to the moment of the snapshot, and none of those in
 * which it ended.
 *
 * @param spent in the order of the states; without those it never was in
 */
public record StateTimes(Map<ConnectionState, Duration> spent) {
    public StateTimes {
        EnumMap<ConnectionState, Duration> ordered = new EnumMap<>(ConnectionState.class);
        ordered.putAll(spent);
        spent = Collections.unmodifiableMap(ordered);
    }

    public static StateTimes none() {
        return new StateTimes(Map.of());
    }

    /** With more time in a state. */
    StateTimes plus(ConnectionState state, Duration span) {
        Map<ConnectionState, Duration> more = new EnumMap<>(ConnectionState.class);
        more.putAll(spent);
        more.merge(state, span, Duration::plus);
        return new StateTimes(more);
    }
}
