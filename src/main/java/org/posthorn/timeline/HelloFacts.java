package org.posthorn.timeline;

import java.util.List;
import java.util.Optional;

/**
 * What the hellos of a handshake said on the wire, whatever the TLS stack was told to say.
 *
 * @param cipherSuites those that were offered, by their registered names and in that order
 * @param groups the groups for key exchange that were offered
 * @param group the one that the server chose; absent where it named none
 * @param version the one that the server chose, in Java's names, also where this side then refused it; absent before
 */
public record HelloFacts(
        List<String> cipherSuites, List<String> groups, Optional<String> group, Optional<String> version) {
    public HelloFacts {
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
    }

    /** Before anything was sent. */
    public static HelloFacts none() {
        return new HelloFacts(List.of(), List.of(), Optional.empty(), Optional.empty());
    }
}
