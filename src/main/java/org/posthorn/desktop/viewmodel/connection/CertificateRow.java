package org.posthorn.desktop.viewmodel.connection;

/**
 * A certificate as a person reads it.
 *
 * @param role {@code server}, {@code intermediate} or {@code root}
 * @param subject who it is, the common name where there is one
 * @param names for whom: DNS names and addresses; empty for an authority
 * @param issuer who issued it
 * @param until its last day, for example {@code 23 Jan 2027}
 * @param left for example {@code 61 days left} or {@code expired 3 days ago}
 * @param good whether nothing is wrong with this certificate
 * @param sent whether the server sent it, or it was found in the list of trusted authorities
 * @param key algorithm and size
 * @param revocation whether its issuer took it back, how that is known and until when; empty when nobody told
 * @param fingerprint SHA-256, in pairs with colons
 */
public record CertificateRow(
        String role,
        String subject,
        String names,
        String issuer,
        String until,
        String left,
        boolean good,
        boolean sent,
        String key,
        String revocation,
        String fingerprint,
        String pem) {}
