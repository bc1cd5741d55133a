package org.posthorn.mailbox.bulk;

import java.util.List;
import java.util.function.Consumer;
import org.posthorn.client.MailConnection;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** A part that is known to be impossible: it is given up, and told like any other. */
record Refused(String part, Failure.CommandRejected reason, Consumer<Failure> told) implements Job {
    @Override
    public List<Job> run(MailConnection connection) throws FailureException {
        throw new FailureException(reason);
    }

    @Override
    public void giveUp(Failure failure) {
        told.accept(failure);
    }
}
