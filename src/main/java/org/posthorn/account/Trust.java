package org.posthorn.account;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who vouches for a server's certificate, for this endpoint alone.
 *
 * @param store whose authorities are believed; default the built-in ones
 * @param authorities a PEM file of further certificate authorities, beside those of the store
 * @param fingerprints SHA-256 fingerprints of server certificates that are believed whatever else is wrong with them, in
 *     lower-case hexadecimal without separators
 */
public record Trust(TrustStore store, Optional<Path> authorities, Set<String> fingerprints) {
    public Trust {
        fingerprints = fingerprints.stream().map(Trust::plain).collect(Collectors.toUnmodifiableSet());
    }

    public static Trust builtIn() {
        return new Trust(TrustStore.BUILT_IN, Optional.empty(), Set.of());
    }

    public Trust withAuthorities(Path file) {
        return withAuthorities(Optional.of(file));
    }

    public Trust withAuthorities(Optional<Path> file) {
        return new Trust(store, file, fingerprints);
    }

    public Trust withStore(TrustStore chosen) {
        return new Trust(chosen, authorities, fingerprints);
    }

    public Trust withFingerprints(Set<String> pinned) {
        return new Trust(store, authorities, pinned);
    }

    private static String plain(String fingerprint) {
        return fingerprint.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
    }
}
