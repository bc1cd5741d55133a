package org.posthorn.mailbox.bulk;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.client.CheckResult;
import org.posthorn.timeline.Failure;

/**
 * How heavy work ended.
 *
 * @param session the connection that the work began with, or the one whose failure ended it
 * @param progress how far it came
 * @param most the most connections that were logged in together
 */
public record WorkEnd(Outcome outcome, CheckResult session, Progress progress, int most, Duration elapsed) {

    /** In a word. */
    public enum Outcome {
        COMPLETE,
        /** All was tried, and something was given up: the notices say what. */
        PARTLY,
        /** It ended early: no connection came about, or none could be replaced. */
        FAILED,
        /** Ended by the person. */
        CANCELLED;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same, ended early by something that no connection tells of. */
    WorkEnd failed() {
        return new WorkEnd(Outcome.FAILED, session, progress, most, elapsed);
    }

    /** The same, of which something was refused; one that ended early stays so. */
    WorkEnd partly() {
        return outcome == Outcome.COMPLETE ? new WorkEnd(Outcome.PARTLY, session, progress, most, elapsed) : this;
    }

    /** What ended it early. */
    public Optional<Failure> failure() {
        return session.timeline().failure();
    }
}
