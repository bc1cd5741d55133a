package org.posthorn.transport.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.timeline.CertificateProblem;

/** Whether each certificate of a path may be used for what it is used for (RFC 5280 §4.2.1.3, §4.2.1.9, §4.2.1.12). */
final class CertificateUsage {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    private final List<CertificateProblem> problems = new ArrayList<>();

    private CertificateUsage() {}

    static List<CertificateProblem> problems(CertificatePath path) {
        CertificateUsage usage = new CertificateUsage();
        usage.checkServer(path.leaf());
        for (int link = 1; link < path.links().size(); link++) {
            usage.checkIssuer(link, path.links().get(link), path.isAnchor(link));
        }
        return usage.problems;
    }

    private void checkServer(X509Certificate leaf) {
        // A self-signed certificate is its own authority, and the usual tools mark it as one.
        if (leaf.getBasicConstraints() >= 0 && !CertificatePaths.isSelfSigned(leaf)) {
            wrong(0, leaf, "it is a certificate authority's");
        }
        checkPurpose(0, leaf);
        // What is negotiated today signs the key exchange in every case (RFC 8446 §4.4.2.2, RFC 9325 §4.1).
        if (!allows(leaf, DIGITAL_SIGNATURE)) {
            wrong(0, leaf, "keyUsage lacks digitalSignature");
        }
    }

    private void checkIssuer(int link, X509Certificate issuer, boolean anchor) {
        // The first two versions of X.509 have no extensions to say it; a person or Java says it instead.
        if (anchor && issuer.getVersion() < 3) {
            return;
        }
        if (issuer.getBasicConstraints() < 0) {
            wrong(link, issuer, "it issued another certificate and is no certificate authority's");
        } else if (!allows(issuer, KEY_CERT_SIGN)) {
            wrong(link, issuer, "keyUsage lacks keyCertSign");
        }
        if (!anchor) {
            checkPurpose(link, issuer);
        }
    }

    private void checkPurpose(int link, X509Certificate certificate) {
        Optional<List<String>> purposes = purposes(certificate);
        if (purposes.isPresent()
                && !purposes.get().contains(SERVER_AUTH)
                && !purposes.get().contains(ANY_EXTENDED_KEY_USAGE)) {
            wrong(link, certificate, "extendedKeyUsage lacks serverAuth");
        }
    }

    /** Absent when the certificate leaves its purpose open; an extension that cannot be read allows none. */
    private static Optional<List<String>> purposes(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException _) {
            return Optional.of(List.of());
        }
    }

    private static boolean allows(X509Certificate certificate, int use) {
        boolean[] uses = certificate.getKeyUsage();
        return uses == null || (use < uses.length && uses[use]);
    }

    private void wrong(int link, X509Certificate certificate, String detail) {
        problems.add(new CertificateProblem.WrongUsage(link, CertificateReading.subject(certificate), detail));
    }
}
