package org.posthorn.transport.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.posthorn.account.Trust;

/**
 * The certificates that are believed without an issuer. Safe for any number of threads; one instance of {@link
 * #builtIn()} is meant to serve the whole program, since reading the built-in ones takes a while.
 */
public final class TrustAnchors {
    private final Source source;
    private final Optional<TrustAnchors> system;
    private Optional<SequencedSet<X509Certificate>> loaded = Optional.empty();

    private TrustAnchors(Source source, Optional<TrustAnchors> system) {
        this.source = source;
        this.system = system;
    }

    private interface Source {
        List<X509Certificate> read() throws UnusableAuthorities;
    }

    /** The authorities that come with Java, read when first needed. */
    public static TrustAnchors builtIn() {
        return new TrustAnchors(TrustAnchors::readBuiltIn, Optional.empty());
    }

    /** The authorities that come with Java, and those of the operating system for who chooses them. */
    public static TrustAnchors ofMachine(String system, Map<String, String> environment) {
        return builtIn().withSystem(SystemAuthorities.of(system, environment));
    }

    TrustAnchors withSystem(SystemAuthorities authorities) {
        return new TrustAnchors(source, Optional.of(new TrustAnchors(authorities::read, Optional.empty())));
    }

    /** These and no others. */
    public static TrustAnchors of(List<X509Certificate> certificates) {
        List<X509Certificate> copy = List.copyOf(certificates);
        return new TrustAnchors(() -> copy, Optional.empty());
    }

    /**
     * Those that the settings believe, read now.
     *
     * @throws UnusableAuthorities when a file or the system's store cannot be read or holds no certificate
     */
    SequencedSet<X509Certificate> believed(Trust trust) throws UnusableAuthorities {
        TrustAnchors store = switch (trust.store()) {
            case BUILT_IN -> this;
            case SYSTEM ->
                system.orElseThrow(() -> new UnusableAuthorities(
                        "The system's authorities are not known here; choose the built-in ones."));
        };
        if (trust.authorities().isEmpty()) {
            return store.certificates();
        }
        SequencedSet<X509Certificate> both =
                new LinkedHashSet<>(AuthorityFile.read(trust.authorities().get()));
        both.addAll(store.certificates());
        return both;
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
