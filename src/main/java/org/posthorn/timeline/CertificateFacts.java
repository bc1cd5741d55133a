package org.posthorn.timeline;

import java.time.Instant;
import java.util.List;

/**
 * A certificate as a person reads it.
 *
 * @param subject distinguished name (RFC 2253)
 * @param names the DNS names and IP addresses of subjectAltName
 * @param key algorithm and size, for example {@code RSA 2048}
 * @param signature signature algorithm
 * @param serial serial number in hexadecimal
 * @param sha256 fingerprint in lower-case hexadecimal without separators
 * @param authority whether it may issue certificates
 * @param pem the certificate itself
 */
public record CertificateFacts(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String key,
        String signature,
        String serial,
        String sha256,
        boolean authority,
        String pem) {
    public CertificateFacts {
        names = List.copyOf(names);
    }

    public boolean selfIssued() {
        return subject.equals(issuer);
    }
}
