package org.posthorn.mailbox.watch;

import org.posthorn.client.CheckResult;

/**
 * How a watch ended.
 *
 * @param session the connection that watched last, or the one whose failure ended it
 * @param arrived messages that were told of
 * @param lost connections that were lost on the way
 */
public record WatchEnd(Outcome outcome, CheckResult session, long arrived, long lost) {

    /** In a word. */
    public enum Outcome {
        /** By a cancel, while it watched. */
        ENDED,
        /** The first connection did not come about, or none has taken the place of the last. */
        FAILED
    }
}
