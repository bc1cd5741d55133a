package org.posthorn.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks the name service; may block as long as it likes. */
@FunctionalInterface
public interface AddressLookup {
    /** The addresses of a name in ASCII, in the order in which they are to be tried. */
    List<InetAddress> lookUp(String name) throws UnknownHostException;

    /** The operating system's own resolver. */
    static AddressLookup system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
