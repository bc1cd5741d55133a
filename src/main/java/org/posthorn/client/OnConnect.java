package org.posthorn.client;

import org.posthorn.timeline.FailureException;

/** Has the first word on each connection of a client that has come about, before anybody uses it. */
@FunctionalInterface
public interface OnConnect {
    /**
     * Is called on the thread that opened the connection, also for one that takes the place of another.
     *
     * @throws FailureException to have it closed; it is the failure of whoever wanted to use it
     */
    void connected(ClientConnection.Kind kind, MailConnection connection) throws FailureException;
}
