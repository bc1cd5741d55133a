package org.posthorn.transport.proxy;

import java.util.Optional;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.FailureException;

/** Whom the operating system would send a connection through. */
@FunctionalInterface
public interface SystemProxies {
    /**
     * What the system says.
     *
     * @param source who said it, for people: the system's settings, or the name of a variable
     * @param proxy absent means the direct way
     */
    record Answer(String source, Optional<ProxySettings> proxy) {}

    /**
     * Asks for one server; may block, since the system may have to fetch and run a script.
     *
     * @throws FailureException when what the system says cannot be used
     */
    Answer to(String host, int port) throws FailureException;

    /** A system without a word on proxies. */
    static SystemProxies none() {
        return (_, _) -> new Answer("the system's settings", Optional.empty());
    }
}
