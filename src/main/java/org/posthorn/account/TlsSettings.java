package org.posthorn.account;

import java.util.EnumSet;
import java.util.Set;

/**
 * What TLS offers and whom it believes.
 *
 * @param versions offered versions; default 1.2 and 1.3
 * @param trust who vouches for the server's certificate; default the built-in certificate authorities
 */
public record TlsSettings(Set<TlsVersion> versions, Trust trust) {
    public TlsSettings {
        versions = Set.copyOf(versions);
    }

    public static TlsSettings defaults() {
        return new TlsSettings(EnumSet.allOf(TlsVersion.class), Trust.builtIn());
    }

    public TlsSettings withVersions(Set<TlsVersion> offered) {
        return new TlsSettings(offered, trust);
    }

    public TlsSettings withTrust(Trust trusted) {
        return new TlsSettings(versions, trusted);
    }
}
