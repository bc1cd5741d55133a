package org.posthorn.desktop.viewmodel.connection;

/** A client of one endpoint and the connections that it keeps open and checks. Nothing here waits. */
public interface LiveClient {

    /** Opens a connection: the main one, a new independent one, or the default one of a new thread. */
    void open(LiveConnection.Kind kind);

    /** Closes every connection, what is under way on them too; the listener hears no more. */
    void close();
}
