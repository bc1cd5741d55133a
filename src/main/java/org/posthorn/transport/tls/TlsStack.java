package org.posthorn.transport.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** An implementation of TLS, for one handshake of one connection. */
interface TlsStack {
    /** Handshakes over a connected socket. */
    ClientHandshake.Secured handshake(Socket socket, String peer, int port) throws IOException;

    /** The versions it offers, in Java's names, the oldest first. */
    List<String> offered();

    /** What was agreed on; absent before the handshake has succeeded. */
    Optional<Agreed> agreed();

    /** What names the connection to both its ends; absent before the handshake has succeeded. */
    Optional<ChannelBinding> channelBinding();

    /**
     * What a stack can offer.
     *
     * @param cipherSuites by their registered names
     * @param groups for key exchange, by their registered names
     */
    record Offer(List<String> cipherSuites, List<String> groups) {}

    /**
     * The end of a handshake.
     *
     * @param version in Java's names
     * @param cipher the registered name of the suite
     */
    record Agreed(String version, String cipher) {}
}
