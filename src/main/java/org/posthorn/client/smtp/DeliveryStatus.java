package org.posthorn.client.smtp;

import java.util.Optional;
import java.util.Set;

/**
 * What the sender wants to be notified of (RFC 3461).
 *
 * @param returned what a notification shall bring back of the message; absent leaves it to the server (RET)
 * @param envelopeId comes back in each notification, so that it can be told to which message it belongs (ENVID)
 * @param occasions when to notify; empty leaves it to the server (NOTIFY)
 * @param originalRecipient whether each recipient is named as it was typed (ORCPT)
 */
public record DeliveryStatus(
        Optional<Returned> returned, Optional<String> envelopeId, Set<Notify> occasions, boolean originalRecipient) {

    /** How much of the message a notification of failure brings back. */
    public enum Returned {
        FULL,
        HDRS
    }

    /** An occasion to notify. */
    public enum Notify {
        /** Never; goes with no other. */
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    public DeliveryStatus {
        occasions = Set.copyOf(occasions);
    }

    /** Leaves all to the server. */
    public static DeliveryStatus unasked() {
        return new DeliveryStatus(Optional.empty(), Optional.empty(), Set.of(), false);
    }

    /** Whether anything is asked for, and the server has to know the extension. */
    public boolean isAsked() {
        return !equals(unasked());
    }
}
