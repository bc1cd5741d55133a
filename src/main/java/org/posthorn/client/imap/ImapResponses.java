package org.posthorn.client.imap;

import java.util.Optional;
import org.posthorn.client.line.Sink;
import org.posthorn.timeline.FailureException;

/** Takes what a server sends untagged as it comes, so that nobody need keep it. */
public interface ImapResponses {
    /**
     * Is asked at each literal where it goes.
     *
     * @param line the response so far, which announces the literal at its end
     * @param size in bytes, as the server says
     * @return absent where the literal is kept as a part of the response, which may be large then for one reply at most
     */
    Optional<Sink> literal(String line, long size) throws FailureException;

    /** A whole response; in the place of a literal that went elsewhere stands an empty one. */
    void untagged(String line) throws FailureException;
}
