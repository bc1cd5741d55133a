package org.posthorn.mailbox.bulk;

import java.util.List;
import org.posthorn.client.MailConnection;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** A share of heavy work for one connection. One that a failure broke off is done again on another, and goes on from where it was. */
interface Job {
    /** What it is about, for a person. */
    String part();

    /**
     * Does what is left of it.
     *
     * @return further jobs that turned out to be needed
     * @throws FailureException of the connection, or a refusal that leaves it as it was
     */
    List<Job> run(MailConnection connection) throws FailureException;

    /** Grows with everything that is done for good: as long as it grows, another attempt is worth it. */
    long progress();

    /**
     * Is told that it was tried often enough.
     *
     * @return jobs for what of it may still go well
     */
    List<Job> giveUp(Failure failure);
}
