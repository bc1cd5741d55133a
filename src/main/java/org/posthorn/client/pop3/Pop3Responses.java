package org.posthorn.client.pop3;

import org.posthorn.client.line.Sink;
import org.posthorn.timeline.FailureException;

/** Takes what a server sends as it comes, so that nobody need keep it. */
public interface Pop3Responses {
    /** Where the lines behind a reply go: byte for byte, with their ends and without stuffed dots. */
    Sink body(Pop3Command command) throws FailureException;

    /** A command has ended; the answer is without its lines. */
    void answered(Pop3Answer answer) throws FailureException;
}
