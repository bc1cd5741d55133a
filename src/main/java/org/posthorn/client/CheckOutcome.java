package org.posthorn.client;

/** How a check ended. */
public enum CheckOutcome {
    /** Everything that was asked for went well. */
    READY,
    /** Ended in order after the phase that was asked for. */
    STOPPED,
    FAILED,
    /** Ended by the person. */
    CANCELLED
}
