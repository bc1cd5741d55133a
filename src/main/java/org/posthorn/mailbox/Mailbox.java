package org.posthorn.mailbox;

import java.util.Optional;
import org.posthorn.timeline.FailureException;

/** Looks for one message; changes nothing but that message. */
interface Mailbox {
    /**
     * Looks once.
     *
     * @param kept why the message is left where it is found; absent to delete it
     */
    Optional<FoundMessage> look(MessageMark mark, Optional<Deletion> kept) throws FailureException;
}
