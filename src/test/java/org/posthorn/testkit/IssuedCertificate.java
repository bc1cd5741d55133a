package org.posthorn.testkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its key.
 *
 * @param chain what a server sends: the certificate and those above it, without the root unless it is one itself
 */
public record IssuedCertificate(X509Certificate certificate, KeyPair keys, List<X509Certificate> chain) {
    private static final char[] PASSWORD = "test".toCharArray();

    public IssuedCertificate {
        chain = List.copyOf(chain);
    }

    /** A server's certificate issued by this one, for these names and IP literals. */
    public CertificateRequest leaf(String... names) {
        return CertificateRequest.leaf(this, names);
    }

    /** An authority issued by this one. */
    public CertificateRequest intermediate(String commonName) {
        return CertificateRequest.intermediate(this, commonName);
    }

    /** The chain and certificates after it, for a server that sends more than it should. */
    public List<X509Certificate> chainWith(X509Certificate... further) {
        return Stream.concat(chain.stream(), Stream.of(further)).toList();
    }

    /** A server that shows this certificate and sends its chain. */
    public SSLContext serverContext() {
        return serverContext(chain);
    }

    /** A server that shows this certificate and sends another chain, the certificate first. */
    public SSLContext serverContext(List<X509Certificate> sent) {
        try {
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("SunX509");
            keyManagers.init(keyStore(sent), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JKS: PKCS #12 would put the chain in order and drop what does not belong. */
    private KeyStore keyStore(List<X509Certificate> sent) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD, sent.toArray(Certificate[]::new));
        return store;
    }
}
