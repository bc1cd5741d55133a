package org.posthorn.transport.revocation;

import java.io.IOException;
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
    static final String EMPTY = "the answer is empty";
    static final String UNREADABLE = "the answer cannot be read";

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
        return new Result(Revocation.Status.UNKNOWN, words(e));
    }

    /** Java reads what it was handed as if it came over a network, and calls all that cannot be read an error of that. */
    private static String words(GeneralSecurityException e) {
        String message = e.getMessage();
        if (e.getCause() instanceof IOException) {
            return UNREADABLE;
        }
        return message == null || message.isEmpty() ? "the answer is not valid" : lowerCase(message);
    }

    /** As in the middle of a sentence, but for an acronym in front. */
    private static String lowerCase(String sentence) {
        boolean acronym = sentence.length() > 1 && Character.isUpperCase(sentence.charAt(1));
        return acronym ? sentence : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
