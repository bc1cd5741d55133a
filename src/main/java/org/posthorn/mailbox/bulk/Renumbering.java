package org.posthorn.mailbox.bulk;

import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** A folder whose messages have got other UIDs: what was known of it is worth nothing (RFC 9051 §2.3.1.1). */
final class Renumbering {
    private Renumbering() {}

    static void check(Phase phase, long validity, ImapFolder.Examined now) throws FailureException {
        if (now.validity() != validity) {
            throw new FailureException(new Failure.CommandRejected(
                    phase,
                    "EXAMINE",
                    "the folder was numbered anew: UIDVALIDITY " + validity + " became " + now.validity()));
        }
    }
}
