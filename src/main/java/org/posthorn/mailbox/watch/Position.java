package org.posthorn.mailbox.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a folder is known: no message with a UID below the next one is unknown, as long as UIDVALIDITY stays.
 *
 * @param removed messages that went since this was last told
 */
record Position(long validity, long next, long messages, long removed) {
    private static final Pattern EXISTS = Pattern.compile("(?i)\\* (\\d{1,10}) EXISTS\\b.*");
    private static final Pattern EXPUNGE = Pattern.compile("(?i)\\* \\d{1,10} EXPUNGE\\b.*");

    /** After a line of the server. */
    Position after(String untagged) {
        Matcher exists = EXISTS.matcher(untagged);
        if (exists.matches()) {
            return new Position(validity, next, Long.parseLong(exists.group(1)), removed);
        }
        return EXPUNGE.matcher(untagged).matches()
                ? new Position(validity, next, Math.max(0, messages - 1), removed + 1)
                : this;
    }

    /** After a message that is told of. */
    Position after(Arrival message) {
        return new Position(validity, Math.max(next, message.uid() + 1), messages, removed);
    }

    Position told() {
        return new Position(validity, next, messages, 0);
    }
}
