package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A real handshake in memory, recorded. */
final class Handshake {
    /** What one side sent at once, each byte a character. */
    record Flight(boolean client, String sent) {
        byte[] toBytes() {
            return sent.getBytes(ISO_8859_1);
        }
    }

    private final Peer client;
    private final Peer server;
    private final List<Flight> flights = new ArrayList<>();

    Handshake(SSLEngine client, SSLEngine server) {
        this.client = new Peer(client, true);
        this.server = new Peer(server, false);
    }

    /** All flights until neither side has more to say. */
    List<Flight> run() throws SSLException {
        client.engine.beginHandshake();
        server.engine.beginHandshake();
        while (client.step(server) || server.step(client)) {
            // A step is all there is to do.
        }
        return flights;
    }

    /** Application data of the client, after the handshake. */
    Flight data() throws SSLException {
        ByteBuffer out = packet(client.engine);
        client.engine.wrap(ByteBuffer.wrap(new byte[] {1, 2, 3}), out);
        return new Flight(true, text(out));
    }

    private static String text(ByteBuffer out) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return new String(bytes, ISO_8859_1);
    }

    private static ByteBuffer packet(SSLEngine engine) {
        return ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    /** One side, with what has come and is not read yet. */
    private final class Peer {
        private final SSLEngine engine;
        private final boolean isClient;
        private String unread = "";

        Peer(SSLEngine engine, boolean isClient) {
            this.engine = engine;
            this.isClient = isClient;
            engine.setUseClientMode(isClient);
        }

        /** Sends what there is to send, else reads a record; says whether there was anything to do. */
        boolean step(Peer other) {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            }
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                String sent = wrap();
                flights.add(new Flight(isClient, sent));
                other.unread += sent;
                return true;
            }
            return !unread.isEmpty() && !engine.isInboundDone() && unwrap();
        }

        private String wrap() {
            ByteBuffer out = packet(engine);
            try {
                engine.wrap(ByteBuffer.allocate(0), out);
            } catch (SSLException refused) {
                // The engine has an alert about it to wrap next.
            }
            return text(out);
        }

        private boolean unwrap() {
            ByteBuffer in = ByteBuffer.wrap(unread.getBytes(ISO_8859_1));
            try {
                engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
                unread = unread.substring(in.position());
                return in.position() > 0;
            } catch (SSLException refused) {
                unread = "";
                return true;
            }
        }
    }
}
