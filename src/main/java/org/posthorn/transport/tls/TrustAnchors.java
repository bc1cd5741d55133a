package org.posthorn.transport.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates that are believed without an issuer. Safe for any number of threads; one instance of {@link
 * #builtIn()} is meant to serve the whole program, since reading the built-in ones takes a while.
 */
public final class TrustAnchors {
    private final Source source;
    private Optional<SequencedSet<X509Certificate>> loaded = Optional.empty();

    private TrustAnchors(Source source) {
        this.source = source;
    }

    private interface Source {
        List<X509Certificate> read() throws UnusableAuthorities;
    }

    /** The authorities that come with Java, read when first needed. */
    public static TrustAnchors builtIn() {
        return new TrustAnchors(TrustAnchors::readBuiltIn);
    }

    /** These and no others. */
    public static TrustAnchors of(List<X509Certificate> certificates) {
        List<X509Certificate> copy = List.copyOf(certificates);
        return new TrustAnchors(() -> copy);
    }

    /**
     * These and the certificates of a file, both read now.
     *
     * @throws UnusableAuthorities when the file cannot be read or holds no certificate
     */
    TrustAnchors and(Path file) throws UnusableAuthorities {
        List<X509Certificate> both = new ArrayList<>(AuthorityFile.read(file));
        both.addAll(certificates());
        return of(both);
    }

    /**
     * In the order they were given.
     *
     * @throws UnusableAuthorities when Java's own store of authorities cannot be read
     */
    synchronized SequencedSet<X509Certificate> certificates() throws UnusableAuthorities {
        if (loaded.isEmpty()) {
            loaded = Optional.of(new LinkedHashSet<>(source.read()));
        }
        return loaded.orElseThrow();
    }

    private static List<X509Certificate> readBuiltIn() throws UnusableAuthorities {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new UnusableAuthorities(
                    "The certificate authorities that come with Java cannot be read; repair the Java installation.", e);
        }
    }
}
