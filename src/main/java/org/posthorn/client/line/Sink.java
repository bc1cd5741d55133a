package org.posthorn.client.line;

import org.posthorn.timeline.FailureException;

/** Takes something large in pieces, as they come. */
@FunctionalInterface
public interface Sink {
    /**
     * Takes a piece, which is the sink's own from then on.
     *
     * @throws FailureException to end the connection, in the middle of what it brings
     */
    void write(byte[] piece) throws FailureException;
}
