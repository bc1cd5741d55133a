package org.posthorn.transport.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operating system's certificate authorities: on Linux a file, which {@code SSL_CERT_FILE} may name (as OpenSSL has it), on
 * Windows and macOS stores that Java opens by name. Those two nobody has tried yet.
 */
final class SystemAuthorities {
    /** Where Debian and Arch, Fedora, SUSE, and Alpine have it. */
    private static final List<Path> BUNDLES = Stream.of(
                    "/etc/ssl/certs/ca-certificates.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt",
                    "/etc/ssl/ca-bundle.pem",
                    "/etc/ssl/cert.pem")
            .map(Path::of)
            .toList();

    private final String system;
    private final Map<String, String> environment;
    private final List<Path> bundles;
    private final Stores stores;

    /** Opens a store of the system by Java's name for it. */
    @FunctionalInterface
    interface Stores {
        KeyStore open(String type) throws GeneralSecurityException, IOException;
    }

    SystemAuthorities(String system, Map<String, String> environment, List<Path> bundles, Stores stores) {
        this.system = system.toLowerCase(Locale.ROOT);
        this.environment = Map.copyOf(environment);
        this.bundles = List.copyOf(bundles);
        this.stores = stores;
    }

    /** Of this machine. */
    static SystemAuthorities of(String system, Map<String, String> environment) {
        return new SystemAuthorities(system, environment, BUNDLES, type -> {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            return store;
        });
    }

    List<X509Certificate> read() throws UnusableAuthorities {
        if (system.startsWith("windows")) {
            return stores(List.of("Windows-ROOT", "Windows-ROOT-LOCALMACHINE"));
        }
        return system.startsWith("mac") ? stores(List.of("KeychainStore-ROOT", "KeychainStore")) : bundle();
    }

    private List<X509Certificate> bundle() throws UnusableAuthorities {
        Optional<Path> named = Optional.ofNullable(environment.get("SSL_CERT_FILE"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Path file = named.or(() -> bundles.stream().filter(Files::isReadable).findFirst())
                .orElseThrow(() -> new UnusableAuthorities(
                        "This system has no file of certificate authorities where one is usual; install its package"
                                + " ca-certificates, set SSL_CERT_FILE, or choose the built-in authorities."));
        return AuthorityFile.read(file);
    }

    private List<X509Certificate> stores(List<String> types) throws UnusableAuthorities {
        List<X509Certificate> found = new ArrayList<>();
        for (String type : types) {
            try {
                found.addAll(certificates(stores.open(type)));
            } catch (GeneralSecurityException | IOException e) {
                // Either of the two may be missing.
                if (type.equals(types.getLast()) && found.isEmpty()) {
                    throw new UnusableAuthorities(
                            "The certificate authorities of this system cannot be read; choose the built-in ones.", e);
                }
            }
        }
        return found;
    }

    private static List<X509Certificate> certificates(KeyStore store) throws GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found;
    }
}
