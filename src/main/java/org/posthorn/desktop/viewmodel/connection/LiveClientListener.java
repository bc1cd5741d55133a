package org.posthorn.desktop.viewmodel.connection;

/** Hears of the connections of a client, from any thread. */
public interface LiveClientListener {

    /** A connection has been made, or stands otherwise than before. */
    void changed(LiveConnection connection);

    /** An opening or a NOOP has ended, well or with the failure in the timeline. */
    void ended(LiveConnection connection);

    /** The log file could not be written further; the connections are not touched by it. */
    void logFileStopped(String sentence);

    /** A bug of Posthorn has ended an opening or a NOOP. */
    void broke(Throwable bug);
}
