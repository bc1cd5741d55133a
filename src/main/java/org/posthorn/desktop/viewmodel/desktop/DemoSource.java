package org.posthorn.desktop.viewmodel.desktop;

import java.io.IOException;
import org.posthorn.account.Account;

/** The built-in server for a first try. */
public interface DemoSource extends AutoCloseable {

    /**
     * Starts the server unless it runs, and answers with an account that can log in to it, password included.
     *
     * @throws IOException when no port of this machine could be opened
     */
    Account start() throws IOException;

    /** Stops the server. */
    @Override
    void close();
}
