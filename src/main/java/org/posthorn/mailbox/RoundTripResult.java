package org.posthorn.mailbox;

import java.time.Duration;
import java.util.Optional;
import org.posthorn.client.CheckResult;

/**
 * Whether a test message arrived.
 *
 * @param session the connection over which it was looked for, in POP3 the last of them
 * @param found absent when it was not there in time
 * @param elapsed from its acceptance by the sending server to the look that found it, or to the end of the search
 * @param looks how often the mailbox was looked into
 */
public record RoundTripResult(
        CheckResult session, Optional<FoundMessage> found, Duration elapsed, int looks, Outcome outcome) {

    /** How the search ended. */
    public enum Outcome {
        FOUND,
        /** It did not come in time; it may come later. */
        NOT_FOUND,
        /** The mailbox could not be looked into. */
        FAILED,
        CANCELLED;

        /** The name in JSON. */
        public String word() {
            return switch (this) {
                case FOUND -> "found";
                case NOT_FOUND -> "notFound";
                case FAILED -> "failed";
                case CANCELLED -> "cancelled";
            };
        }
    }
}
