package org.posthorn.desktop.viewmodel.connection;

import java.util.Optional;
import org.posthorn.account.Endpoint;

/**
 * The way to the engine: runs one test of an endpoint as far as the login, the capabilities and an orderly end, or one message
 * to its end, or makes a client that keeps connections open.
 */
public interface Connector {

    /** Begins and returns at once; the listener is called from other threads, in order, and last with an end. */
    Session connect(Endpoint endpoint, SessionListener listener);

    /** Begins to send a test message and returns at once; the listener is called from other threads, in order. */
    Session send(MessageOrder order, MessageListener listener);

    /** Makes a client with these settings and no connection yet; the listener is called from other threads. */
    LiveClient client(Endpoint endpoint, LiveClientListener listener);

    /** Makes the next test of an endpoint get a new access token from its provider; no effect without one. */
    void renewToken(Endpoint endpoint);

    /** What has become of the refresh token of an endpoint; empty while it is the same. */
    Optional<Renewal> renewal(Endpoint endpoint);
}
