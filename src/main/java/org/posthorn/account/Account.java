package org.posthorn.account;

import java.util.List;
import java.util.Optional;

/**
 * A person's mailbox: a name and one endpoint for each protocol it is reached by.
 *
 * @param endpoints one to three, at most one for each protocol
 */
public record Account(String name, List<Endpoint> endpoints) {
    public Account {
        endpoints = List.copyOf(endpoints);
        long protocols = endpoints.stream().map(Endpoint::protocol).distinct().count();
        if (endpoints.isEmpty() || protocols != endpoints.size()) {
            throw new IllegalArgumentException("an account has one to three endpoints of different protocols");
        }
    }

    public Optional<Endpoint> endpoint(Protocol protocol) {
        return endpoints.stream().filter(e -> e.protocol() == protocol).findFirst();
    }
}
