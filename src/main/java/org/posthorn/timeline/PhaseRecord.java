package org.posthorn.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One phase as it went.
 *
 * @param attempt which attempt it belongs to, from 1; TLS forms that are tried in turn are attempts
 * @param elapsed time from its start to its end, zero while it runs
 * @param facts what was learnt, also by a phase that failed
 * @param failure what ended it, when it failed or was cancelled
 */
public record PhaseRecord(
        Phase phase,
        int attempt,
        Instant start,
        Duration elapsed,
        Outcome outcome,
        Facts facts,
        Optional<Failure> failure) {

    public boolean isRunning() {
        return outcome == Outcome.RUNNING;
    }
}
