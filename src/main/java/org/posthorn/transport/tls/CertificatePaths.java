package org.posthorn.transport.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * The ways from a server's certificate to an authority, whatever else is wrong with them. The certificates sent may stand
 * in any order and some may not belong (RFC 8446 §4.4.2); only names and signatures lead from one to the next, so that a
 * path that has expired or is weak is still seen whole.
 */
final class CertificatePaths {
    /** Signatures to check at most: a real chain takes a handful, more is an attempt to keep the client busy. */
    private static final int MOST_STEPS = 100;

    private final SequencedSet<X509Certificate> sent;
    private final SequencedSet<X509Certificate> anchors;
    private final List<CertificatePath> found = new ArrayList<>();
    private int steps;

    private CertificatePaths(List<X509Certificate> sent, SequencedSet<X509Certificate> anchors) {
        this.sent = new LinkedHashSet<>(sent);
        this.anchors = anchors;
    }

    /** Those that end at an authority, or, when none does, those that go as far as they can; at least one. */
    static List<CertificatePath> from(List<X509Certificate> sent, SequencedSet<X509Certificate> anchors) {
        CertificatePaths paths = new CertificatePaths(sent, anchors);
        paths.follow(new ArrayList<>(List.of(sent.getFirst())));
        List<CertificatePath> anchored =
                paths.found.stream().filter(CertificatePath::anchored).toList();
        return anchored.isEmpty() ? List.copyOf(paths.found) : anchored;
    }

    private void follow(List<X509Certificate> path) {
        X509Certificate last = path.getLast();
        if (anchors.contains(last)) {
            found.add(new CertificatePath(path, true));
            return;
        }
        List<X509Certificate> issuers = isSelfSigned(last) ? List.of() : issuers(last, path);
        if (issuers.isEmpty() || steps >= MOST_STEPS) {
            found.add(new CertificatePath(path, false));
            return;
        }
        for (X509Certificate issuer : issuers) {
            path.add(issuer);
            follow(path);
            path.removeLast();
        }
    }

    private List<X509Certificate> issuers(X509Certificate certificate, Collection<X509Certificate> path) {
        return Stream.concat(anchors.stream(), sent.stream())
                .filter(candidate -> isNamedAsIssuer(candidate, certificate))
                .filter(candidate -> !path.contains(candidate))
                .distinct()
                .filter(candidate -> steps++ < MOST_STEPS && hasSigned(candidate, certificate))
                .toList();
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isNamedAsIssuer(certificate, certificate) && hasSigned(certificate, certificate);
    }

    static boolean isNamedAsIssuer(X509Certificate candidate, X509Certificate certificate) {
        return candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
