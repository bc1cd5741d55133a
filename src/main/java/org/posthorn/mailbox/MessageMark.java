package org.posthorn.mailbox;

import java.util.UUID;

/**
 * What a test message is known by.
 *
 * @param messageId with its angle brackets; some servers give a message another
 * @param mark a word that no other message has, in the header {@value #HEADER}
 */
public record MessageMark(String messageId, String mark) {
    static final String HEADER = "X-Posthorn-Mark";

    /** For a message from an address of this domain. */
    static MessageMark fresh(String domain) {
        String mark = UUID.randomUUID().toString();
        return new MessageMark("<" + mark + "@" + (domain.isEmpty() ? "localhost" : domain) + ">", mark);
    }

    /** Whether these are the headers of the message, and not of one that quotes it. */
    boolean isIn(MessageHeaders headers) {
        return headers.first(HEADER).filter(mark::equals).isPresent()
                || headers.first("Message-ID").filter(messageId::equals).isPresent();
    }
}
