package org.posthorn.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Certificates made for a test: {@code Certificates.authority().leaf("localhost").issue().serverContext()} is what a
 * trusted server has. One authority serves the whole JVM; leaves are cheap, since keys are EC unless asked otherwise.
 */
public final class Certificates {
    private static final IssuedCertificate AUTHORITY = authority("Test Root");

    private Certificates() {}

    /** The one root that tests trust. */
    public static IssuedCertificate authority() {
        return AUTHORITY;
    }

    /** Another root. */
    public static IssuedCertificate authority(String commonName) {
        return CertificateRequest.root(commonName).issue();
    }

    /** A certificate for these names and IP literals that is its own issuer. */
    public static CertificateRequest selfSigned(String... names) {
        return CertificateRequest.selfSigned(names);
    }

    /** Writes them as PEM, and returns the file. */
    public static Path writePem(Path file, X509Certificate... certificates) throws IOException {
        return Files.writeString(
                file, List.of(certificates).stream().map(Certificates::pem).collect(Collectors.joining()));
    }

    public static String pem(X509Certificate certificate) {
        return pem("CERTIFICATE", der(certificate));
    }

    public static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate with the last bit of its signature turned over. */
    public static X509Certificate altered(X509Certificate certificate) {
        byte[] der = der(certificate);
        der[der.length - 1] ^= 1;
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
