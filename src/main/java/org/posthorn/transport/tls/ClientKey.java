package org.posthorn.transport.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the key's own certificate first
 */
record ClientKey(PrivateKey key, List<X509Certificate> chain) {
    ClientKey {
        chain = List.copyOf(chain);
    }

    /** The key with the one of several certificates that is its own; absent where none of them is. */
    static Optional<ClientKey> of(PrivateKey key, List<X509Certificate> certificates) {
        return certificates.stream()
                .filter(certificate -> belong(key, certificate))
                .findFirst()
                .map(own -> {
                    List<X509Certificate> chain = new ArrayList<>(certificates);
                    chain.remove(own);
                    chain.addFirst(own);
                    return new ClientKey(key, chain);
                });
    }

    String subject() {
        return CertificateReading.subject(chain.getFirst());
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        try {
            byte[] something = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            // Another kind of key than the certificate's.
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
