package org.posthorn.mailbox;

import java.util.Locale;

/** How the sending of a test message ended. */
public enum SendingOutcome {
    /** The server took the message for every recipient. */
    SENT,
    /** The server took it, but not for every recipient. */
    PARTLY,
    /** The server did not take it. */
    REFUSED,
    /** The connection ended after the message and before the server's answer: it may be delivered. */
    UNCERTAIN,
    /** The connection did not come about, or ended before the message was complete. */
    FAILED,
    /** Ended by the person before the message was complete. */
    CANCELLED;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
