package org.posthorn.client.imap;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Tells a server that took its leave (RFC 9051 §7.1.5) from a connection that was lost. */
final class Farewell {
    private Farewell() {}

    /**
     * The next line with its literals.
     *
     * @param untagged what has come before it
     */
    static String line(Transport transport, Transport.Lines lines, List<String> untagged)
            throws IOException, FailureException {
        try {
            return ImapEngine.line(lines);
        } catch (EOFException | SocketException e) {
            for (String line : untagged) {
                if (line.regionMatches(true, 0, "* BYE", 0, 5)) {
                    throw new FailureException(new Failure.ServerEnded(transport.phase(), line));
                }
            }
            throw e;
        }
    }
}
