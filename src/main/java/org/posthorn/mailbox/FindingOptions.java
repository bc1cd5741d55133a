package org.posthorn.mailbox;

import java.time.Duration;

/**
 * How a message is looked for.
 *
 * @param patience how long at most, from its acceptance on; default 60 s
 * @param delete whether it is deleted when it is found, unless the mailbox is read-only; no other message ever is
 */
public record FindingOptions(Duration patience, boolean delete) {
    public static FindingOptions defaults() {
        return new FindingOptions(Duration.ofSeconds(60), true);
    }
}
