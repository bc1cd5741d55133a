package org.posthorn.timeline;

import java.util.Set;

/** The whole life of a connection. Each value says what is true of the connection while it holds. */
public enum ConnectionState {
    /** Made, and nothing sent or asked yet. */
    CREATED,
    /** On the way: looking up, dialling, securing, greeting. */
    CONNECTING,
    /** The protocol is spoken, nobody is logged in. */
    CONNECTED,
    /** Credentials are on the way and the answer is awaited. */
    AUTHENTICATING,
    /** Logged in and free for a command. */
    READY,
    /** A command is under way. */
    BUSY,
    /** Saying goodbye. */
    CLOSING,
    /** Ended in order. */
    CLOSED,
    /** Ended by a failure, a timeout or a cancel; never used again, since a late reply may still arrive. */
    BROKEN;

    private Set<ConnectionState> next() {
        return switch (this) {
            case CREATED -> Set.of(CONNECTING, CLOSED, BROKEN);
            case CONNECTING -> Set.of(CONNECTED, CLOSING, BROKEN);
            case CONNECTED -> Set.of(AUTHENTICATING, READY, CONNECTING, CLOSING, BROKEN);
            case AUTHENTICATING -> Set.of(READY, CONNECTED, CLOSING, BROKEN);
            case READY -> Set.of(BUSY, CLOSING, BROKEN);
            case BUSY -> Set.of(READY, CLOSING, BROKEN);
            case CLOSING -> Set.of(CLOSED, BROKEN);
            case CLOSED, BROKEN -> Set.of();
        };
    }

    public boolean mayBecome(ConnectionState state) {
        return next().contains(state);
    }

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return next().isEmpty();
    }
}
