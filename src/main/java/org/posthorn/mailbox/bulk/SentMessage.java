package org.posthorn.mailbox.bulk;

import java.util.Locale;
import java.util.Optional;

/**
 * One of many messages and what became of it.
 *
 * @param number from 1
 * @param messageId absent while it was not made
 * @param serverText the words by which it was taken or not; absent without any
 */
public record SentMessage(int number, Optional<String> messageId, Outcome outcome, Optional<String> serverText) {

    /** In a word. */
    public enum Outcome {
        /** The server took it for every recipient. */
        ACCEPTED,
        /** The server took it, but not for every recipient. */
        PARTLY,
        /** The server did not take it. */
        REFUSED,
        /** It was sent whole and not answered: it may be delivered, and is not sent again. */
        UNKNOWN,
        /** It was not sent, or not whole. */
        NOT_SENT;

        /** The name in JSON. */
        public String word() {
            return this == NOT_SENT ? "notSent" : name().toLowerCase(Locale.ROOT);
        }
    }
}
