package org.posthorn.client.line;

import org.posthorn.account.Endpoint;

/**
 * Holds back whatever may change a mailbox that is read-only. A net under those who ask the endpoint first: what they forget is
 * a bug, of which the server sees nothing.
 */
public final class ReadOnly {
    private ReadOnly() {}

    /**
     * To be called before anything is sent.
     *
     * @param onlyReads whether the commands are among those that are known to change nothing
     * @throws IllegalStateException when they are not, and the endpoint is read-only
     */
    public static void check(Endpoint endpoint, boolean onlyReads) {
        if (endpoint.connections().readOnly() && !onlyReads) {
            throw new IllegalStateException("a command that may change a mailbox, which is read-only");
        }
    }
}
