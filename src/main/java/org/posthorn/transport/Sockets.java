package org.posthorn.transport;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Closing without a fuss. */
final class Sockets {
    private static final Logger LOG = System.getLogger(Sockets.class.getName());

    private Sockets() {}

    /** Closes what is no longer needed; that it could not be closed in order changes nothing for anybody. */
    static void close(Closeable target) {
        try {
            target.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing failed", e);
        }
    }
}
