package org.posthorn.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthorn.timeline.Phase;

/** Puts the TLS records of one connection into the log, below TLS. Safe for one reading and one writing thread. */
public final class RecordTap {
    private final WireLog log;
    private final int connection;
    private final Supplier<Phase> phase;
    private boolean receivedAnything;
    private boolean done;

    public RecordTap(WireLog log, int connection, Supplier<Phase> phase) {
        this.log = log;
        this.connection = connection;
        this.phase = phase;
    }

    /** Bytes this client sent. */
    public synchronized void sent(byte[] bytes, int offset, int length) {
        append(bytes, offset, length);
    }

    /** Bytes the server sent. */
    public synchronized void received(byte[] bytes, int offset, int length) {
        receivedAnything |= length > 0;
        append(bytes, offset, length);
    }

    /** The handshake has succeeded; from here on only what is plaintext is logged. */
    public synchronized void handshakeDone() {
        done = true;
    }

    /** The handshake has ended without success: what waited for the end of a line goes into the log. */
    public synchronized void flush() {}

    /** The alert the server sent in plaintext, by its name in RFC 8446 §6 such as {@code handshake_failure}. */
    public synchronized Optional<String> alertReceived() {
        return Optional.empty();
    }

    /** The alert this client sent in plaintext, by its name in RFC 8446 §6. */
    public synchronized Optional<String> alertSent() {
        return Optional.empty();
    }

    /** The first bytes the server sent, at most 512, when they are no TLS record. */
    public synchronized Optional<byte[]> notTls() {
        return Optional.empty();
    }

    public synchronized boolean receivedAnything() {
        return receivedAnything;
    }

    /** Whether the server has answered with a ServerHello, be it a HelloRetryRequest. */
    public synchronized boolean serverHelloSeen() {
        return false;
    }

    private void append(byte[] bytes, int offset, int length) {
        if (!done) {
            log.append(
                    connection,
                    Direction.TLS,
                    phase.get(),
                    Arrays.copyOfRange(bytes, offset, offset + length).length + " bytes");
        }
    }
}
