package org.posthorn.mailbox.bulk;

import java.time.Duration;
import org.posthorn.timeline.Failure;

/** Something that happened on the way and that a person is told. */
public sealed interface Notice {
    Failure failure();

    /**
     * A connection was lost, or did not come about; another takes its place, and what was under way on it is taken up again.
     *
     * @param connection its number in the log
     */
    record Lost(int connection, Failure failure) implements Notice {}

    /** The work goes on with fewer connections, since the server refuses more. */
    record Lowered(int from, int to, Failure failure) implements Notice {}

    /**
     * The server wants less at a time.
     *
     * @param pause that is made now between two messages, over all connections together
     */
    record Slowed(Duration pause, Failure failure) implements Notice {}

    /**
     * A part could not be done, the others were.
     *
     * @param part in words, such as the name of a folder
     */
    record GivenUp(String part, Failure failure) implements Notice {}
}
