package org.posthorn.transport.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.timeline.CertificateProblem;

/**
 * Java's own path validation (RFC 5280 §6), the last word on a path: whatever it refuses is not trusted. It stops at the
 * first problem, so the ones that people meet are looked for beforehand, and it is asked about a day on which the whole path
 * is valid, if there is one.
 */
final class PathValidation {
    private final CertificatePath path;
    private final Instant now;

    private PathValidation(CertificatePath path, Instant now) {
        this.path = path;
        this.now = now;
    }

    /** What it refuses that the known problems do not explain. */
    static Optional<CertificateProblem> problem(CertificatePath path, Instant now, List<CertificateProblem> known) {
        return new PathValidation(path, now).problem(known);
    }

    private Optional<CertificateProblem> problem(List<CertificateProblem> known) {
        try {
            validate();
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return isExplained(e.getReason(), known) ? Optional.empty() : Optional.of(refusal(e));
        } catch (GeneralSecurityException e) {
            return Optional.of(new CertificateProblem.InvalidPath(String.valueOf(e.getMessage())));
        }
    }

    private void validate() throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.last(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(day()));
        CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(issued());
        CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
    }

    private List<X509Certificate> issued() {
        return path.links().subList(0, path.links().size() - 1);
    }

    /** Today, or the day nearest to it on which all are valid. */
    private Instant day() {
        Instant first = issued().stream()
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElse(now);
        Instant last = issued().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(now);
        if (now.isBefore(first)) {
            return first;
        }
        return now.isAfter(last) ? last : now;
    }

    private static boolean isExplained(Reason reason, List<CertificateProblem> known) {
        return known.stream().anyMatch(problem -> explains(problem, reason));
    }

    private static boolean explains(CertificateProblem problem, Reason reason) {
        return switch (problem) {
            case CertificateProblem.Expired _, CertificateProblem.NotYetValid _ ->
                reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID;
            case CertificateProblem.WrongUsage _ ->
                reason == PKIXReason.NOT_CA_CERT || reason == PKIXReason.INVALID_KEY_USAGE;
            case CertificateProblem.TooWeak _ -> reason == BasicReason.ALGORITHM_CONSTRAINED;
            case CertificateProblem.NameMismatch _,
                    CertificateProblem.SelfSigned _,
                    CertificateProblem.UnknownIssuer _,
                    CertificateProblem.MissingIntermediate _,
                    CertificateProblem.Revoked _,
                    CertificateProblem.RevocationUnknown _,
                    CertificateProblem.InvalidPath _ -> false;
        };
    }

    private CertificateProblem refusal(CertPathValidatorException e) {
        int link = Math.max(e.getIndex(), 0);
        String subject = CertificateReading.subject(path.links().get(link));
        if (e.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
            return new CertificateProblem.TooWeak(link, subject, String.valueOf(e.getMessage()));
        }
        return new CertificateProblem.InvalidPath(subject + ": " + detail(e));
    }

    private static String detail(CertPathValidatorException e) {
        return switch (e.getReason()) {
            case PKIXReason.INVALID_NAME -> "its names are outside those its authority may issue for";
            case PKIXReason.PATH_TOO_LONG -> "an authority above it allows no further one below";
            case PKIXReason.UNRECOGNIZED_CRIT_EXT -> "it has a critical extension that nobody here understands";
            case PKIXReason.INVALID_POLICY -> "the certificate policies of the chain contradict each other";
            default -> String.valueOf(e.getMessage());
        };
    }
}
