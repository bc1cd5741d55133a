package org.posthorn.transport.revocation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.posthorn.timeline.Revocation;

/**
 * A certificate that its issuer may take back.
 *
 * @param link its place in the chain, 0 is the server's own
 */
public record Issued(int link, X509Certificate certificate, X509Certificate issuer) {

    /** Nobody could tell. */
    public Revocation unknown(Revocation.Source source, String from, String detail) {
        return revocation(Revocation.Status.UNKNOWN, source, from, Optional.empty(), Optional.empty(), detail);
    }

    Revocation revocation(
            Revocation.Status status,
            Revocation.Source source,
            String from,
            Optional<Instant> knownAt,
            Optional<Instant> until,
            String detail) {
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        return new Revocation(link, subject, status, source, from, knownAt, until, detail);
    }
}
