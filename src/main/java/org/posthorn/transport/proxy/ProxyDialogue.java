package org.posthorn.transport.proxy;

import java.io.IOException;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.FailureException;

/** Asks a proxy for a connection to the destination. */
public interface ProxyDialogue {
    /**
     * Runs on a fresh connection to the proxy; afterwards its streams are those of the server.
     *
     * @return what the proxy said, in a line
     */
    String run(ProxyStreams streams, Destination destination) throws IOException, FailureException;

    /** The dialogue of a kind of proxy, fresh for one connection to a server. */
    static ProxyDialogue with(ProxySettings proxy) {
        return switch (proxy.kind()) {
            case HTTP, HTTPS -> new HttpConnectDialogue(proxy.login());
            case SOCKS4, SOCKS4A -> new Socks4Dialogue(proxy.login());
            case SOCKS5 -> new Socks5Dialogue(proxy.login());
            case SYSTEM -> throw new IllegalArgumentException("the system has not been asked yet");
        };
    }

    /** Whether, after a refusal, the same dialogue may go on over a new connection with what it has learnt. */
    default boolean wantsAnotherConnection() {
        return false;
    }
}
