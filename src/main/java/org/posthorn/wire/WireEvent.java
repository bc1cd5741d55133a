package org.posthorn.wire;

import java.time.Instant;
import org.posthorn.timeline.Phase;

/**
 * One line of the log, with its secrets already removed.
 *
 * @param sequence its number in the log, from 0, without gaps
 * @param nanos monotonic time, for differences between lines only
 * @param connection the number of the connection it belongs to
 * @param phase the phase that was under way
 * @param text the line without its end
 */
public record WireEvent(
        long sequence, Instant time, long nanos, int connection, Direction direction, Phase phase, String text) {}
