package org.posthorn.transport.revocation;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.timeline.Revocation;

/** Java's own judging of an issuer's word (RFC 5280 §6.3, RFC 6960 §3.2): is it signed by who may, in force, and about this one. */
final class StatusValidation {
    private StatusValidation() {}

    /** What is handed to the validator; it must be all that it needs, since it would dial for the rest past every proxy. */
    interface Evidence {
        void addTo(PKIXParameters parameters, CertPathValidator validator) throws GeneralSecurityException;
    }

    /**
     * What came of it.
     *
     * @param detail as of {@link Revocation}
     */
    record Result(Revocation.Status status, String detail) {}

    static Result of(Issued issued, Instant now, Evidence evidence) {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issued.issuer(), null)));
            parameters.setDate(Date.from(now));
            evidence.addTo(parameters, validator);
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(issued.certificate())),
                    parameters);
            return new Result(Revocation.Status.GOOD, "");
        } catch (CertPathValidatorException e) {
            return revoked(e).orElseGet(() -> unknown(e));
        } catch (GeneralSecurityException e) {
            return unknown(e);
        }
    }

    private static Optional<Result> revoked(CertPathValidatorException e) {
        if (!(e.getCause() instanceof CertificateRevokedException revoked)) {
            return Optional.empty();
        }
        String reason =
                revoked.getRevocationReason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String since = revoked.getRevocationDate().toInstant().toString();
        return Optional.of(new Result(
                Revocation.Status.REVOKED,
                reason.equals("unspecified") ? "since " + since : reason + ", since " + since));
    }

    private static Result unknown(GeneralSecurityException e) {
        String message = e.getMessage();
        return new Result(
                Revocation.Status.UNKNOWN,
                message == null || message.isEmpty()
                        ? "the answer is not valid"
                        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
    }
}
