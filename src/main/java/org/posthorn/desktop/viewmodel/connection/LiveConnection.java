package org.posthorn.desktop.viewmodel.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.posthorn.timeline.Timeline;

/** A connection of a {@link LiveClient}. Nothing here waits. */
public interface LiveConnection {

    /** Whose a connection is. */
    enum Kind {
        /** The client's: it lives and dies with it. */
        MAIN("main"),
        /** One thread's. */
        DEFAULT("default"),
        /** Nobody's: used only where it is passed. */
        INDEPENDENT("independent");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * How it stands.
     *
     * @param timeline what has happened on it; where it is broken, with the failure
     * @param answer when the server last answered, and how fast; empty before it was open
     * @param gone whether it has been closed
     */
    record Standing(Timeline timeline, Optional<Answer> answer, boolean gone) {}

    /** The server's last answer to the command that asks for nothing. */
    record Answer(Instant at, Duration roundTrip) {}

    Kind kind();

    /** The name of the thread whose default connection it is. */
    Optional<String> thread();

    /** How it stands at this moment. */
    Standing now();

    /** Sends the command that asks for nothing; a connection that is broken is opened anew for it. */
    void noop();

    /** Takes leave, or cuts short what is under way; no effect on the main connection, which its client closes. */
    void close();
}
