package org.posthorn.desktop.viewmodel.connection;

import java.util.List;

/**
 * The way to the server.
 *
 * @param name the name that was looked up, in ASCII; empty before that
 * @param address the peer with its port; empty when none was reached
 * @param local this machine's address; empty when none was reached
 * @param tried every address that was tried, in order
 */
public record PathCard(String name, String address, String local, List<AddressRow> tried) {
    public PathCard {
        tried = List.copyOf(tried);
    }
}
