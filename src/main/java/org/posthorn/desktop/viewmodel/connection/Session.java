package org.posthorn.desktop.viewmodel.connection;

/** A test under way. */
public interface Session {

    /** Ends it at once, in whatever phase it is; no effect once it has ended. */
    void stop();
}
