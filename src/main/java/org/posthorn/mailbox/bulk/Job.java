package org.posthorn.mailbox.bulk;

import java.util.List;
import org.posthorn.client.MailConnection;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** A share of heavy work for one connection. One that a lost connection broke off is done again after the others. */
interface Job {
    /** What it is about, for a person. */
    String part();

    /**
     * Does it wholly, or so that nothing is done twice when it is done again.
     *
     * @return further jobs that turned out to be needed
     * @throws FailureException of the connection, or a refusal that leaves it as it was
     */
    List<Job> run(MailConnection connection) throws FailureException;

    /** Is told that it was tried often enough. */
    void giveUp(Failure failure);

    /** What remains to be done when this one was given up. */
    default List<Job> rest() {
        return List.of();
    }
}
