package org.posthorn.mailbox.bulk;

import java.util.List;

/**
 * What became of many messages.
 *
 * @param messages in the order of their numbers
 */
public record SendingManyResult(WorkEnd end, List<SentMessage> messages) {
    public SendingManyResult {
        messages = List.copyOf(messages);
    }

    /** How many ended so. */
    public long count(SentMessage.Outcome outcome) {
        return messages.stream().filter(message -> message.outcome() == outcome).count();
    }
}
