package org.posthorn.oauth;

import java.io.IOException;
import java.net.URI;

/** Shows a page to the person. */
@FunctionalInterface
public interface Browser {

    /**
     * Opens the address and returns at once.
     *
     * @throws IOException when nothing could be opened; the person is shown the address in any case
     */
    void open(URI address) throws IOException;

    /** None: the person opens the address. */
    static Browser none() {
        return _ -> {};
    }
}
