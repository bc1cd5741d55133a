package org.posthorn.transport.tls;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.timeline.CertificateProblem;

/** Says why a path ends before it reaches an authority; only the chain itself tells the reasons apart. */
final class IssuerSearch {
    private IssuerSearch() {}

    static CertificateProblem problem(
            CertificatePath path, List<X509Certificate> sent, Collection<X509Certificate> anchors) {
        X509Certificate last = path.last();
        String issuer = CertificateReading.issuer(last);
        if (CertificatePaths.isSelfSigned(last)) {
            return path.links().size() == 1
                    ? new CertificateProblem.SelfSigned(CertificateReading.subject(last))
                    : new CertificateProblem.UnknownIssuer(issuer);
        }
        if (isForged(last, sent, anchors)) {
            return new CertificateProblem.InvalidPath(CertificateReading.subject(last)
                    + ": its signature cannot be verified with the key of its issuer " + issuer);
        }
        boolean authority = last.getBasicConstraints() >= 0;
        boolean sameNameOtherKey = anchors.stream().anyMatch(anchor -> CertificatePaths.isNamedAsIssuer(anchor, last));
        return authority || sameNameOtherKey
                ? new CertificateProblem.UnknownIssuer(issuer)
                : new CertificateProblem.MissingIntermediate(issuer);
    }

    /** Whether the very key it says it was signed with is here and did not sign it (RFC 5280 §4.2.1.1). */
    private static boolean isForged(
            X509Certificate certificate, List<X509Certificate> sent, Collection<X509Certificate> anchors) {
        return Stream.concat(sent.stream(), anchors.stream())
                .filter(candidate -> CertificatePaths.isNamedAsIssuer(candidate, certificate))
                .filter(candidate -> KeyIdentifiers.isSignedWith(certificate, candidate))
                .anyMatch(candidate -> !CertificatePaths.hasSigned(candidate, certificate));
    }
}
