package org.posthorn.timeline;

import java.time.Instant;
import java.util.List;

/** Why a certificate chain is not trusted. */
public sealed interface CertificateProblem {

    /** Past its last day; link 0 is the server's own certificate. */
    record Expired(int link, String subject, Instant notAfter) implements CertificateProblem {}

    /** Before its first day; link 0 is the server's own certificate. */
    record NotYetValid(int link, String subject, Instant notBefore) implements CertificateProblem {}

    /**
     * It does not carry the name that was connected to.
     *
     * @param names the names it does carry; empty when it has no subjectAltName (RFC 9525 §6.3 ignores the CN)
     */
    record NameMismatch(String wanted, List<String> names, String commonName) implements CertificateProblem {
        public NameMismatch {
            names = List.copyOf(names);
        }
    }

    /** The server's certificate is its own issuer. */
    record SelfSigned(String subject) implements CertificateProblem {}

    /** The chain ends at an authority that is not trusted here. */
    record UnknownIssuer(String issuer) implements CertificateProblem {}

    /** The server did not send the certificate of its issuer. */
    record MissingIntermediate(String issuer) implements CertificateProblem {}

    /**
     * The certificate is not meant for TLS servers, or for issuing (extendedKeyUsage, keyUsage or basicConstraints); link 0 is
     * the server's own certificate.
     */
    record WrongUsage(int link, String subject, String detail) implements CertificateProblem {}

    /** Key or signature algorithm too weak to be believed; link 0 is the server's own certificate. */
    record TooWeak(int link, String subject, String detail) implements CertificateProblem {}

    /** Taken back by its issuer; link 0 is the server's own certificate. */
    record Revoked(int link, String subject, String detail) implements CertificateProblem {}

    /** Nobody could tell whether it was taken back, and the settings insist on knowing. */
    record RevocationUnknown(int link, String subject, String detail) implements CertificateProblem {}

    /** Anything else that path validation refuses. */
    record InvalidPath(String detail) implements CertificateProblem {}
}
