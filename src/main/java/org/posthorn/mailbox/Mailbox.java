package org.posthorn.mailbox;

import java.util.Optional;
import org.posthorn.timeline.FailureException;

/** Looks for one message; changes nothing but that message. */
interface Mailbox {
    /** Looks once. */
    Optional<FoundMessage> look(MessageMark mark, boolean delete) throws FailureException;
}
