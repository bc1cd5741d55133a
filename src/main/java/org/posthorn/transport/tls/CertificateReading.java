package org.posthorn.transport.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.posthorn.timeline.CertificateFacts;

/** Puts a certificate into the words a person reads. */
final class CertificateReading {
    /** Attributes common in certificates that RFC 2253 has no keyword for. */
    private static final Map<String, String> KEYWORDS = Map.of(
            "1.2.840.113549.1.9.1", "EMAILADDRESS",
            "2.5.4.5", "SERIALNUMBER",
            "2.5.4.12", "TITLE",
            "2.5.4.97", "ORGANIZATIONIDENTIFIER");

    private CertificateReading() {}

    static List<CertificateFacts> facts(List<X509Certificate> certificates) {
        return certificates.stream().map(CertificateReading::facts).toList();
    }

    static CertificateFacts facts(X509Certificate certificate) {
        byte[] der = der(certificate);
        return new CertificateFacts(
                name(certificate.getSubjectX500Principal()),
                name(certificate.getIssuerX500Principal()),
                SubjectNames.of(certificate).all(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                CertificateStrength.key(certificate.getPublicKey()),
                CertificateStrength.signature(certificate),
                certificate.getSerialNumber().toString(16),
                sha256(der),
                certificate.getBasicConstraints() >= 0,
                pem(der));
    }

    static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    static String fingerprint(X509Certificate certificate) {
        return sha256(der(certificate));
    }

    private static String name(X500Principal principal) {
        return principal.getName(X500Principal.RFC2253, KEYWORDS);
    }

    private static String pem(byte[] der) {
        byte[] newline = {'\n'};
        String body = Base64.getMimeEncoder(64, newline).encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private static String sha256(byte[] der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded has an encoding", e);
        }
    }
}
