package org.posthorn.diagnosis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.account.Field;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Revocation;

/** Why a certificate is not believed, one verdict for each problem, the one to settle first in front. */
final class CertificateVerdicts {
    /** Names by which security software signs the certificates it puts in the server's place. */
    private static final Pattern INTERCEPTORS = Pattern.compile(
            "avast|avg (?:web|technologies)|mail shield|web shield|kaspersky|eset ssl|bitdefender|norton|mcafee|sophos"
                    + "|fortinet|fortigate|zscaler|netskope|blue ?coat|umbrella|palo alto|checkpoint|check point"
                    + "|adguard|dr\\.?web|mitmproxy|fiddler|charles proxy|squid",
            Pattern.CASE_INSENSITIVE);

    private CertificateVerdicts() {}

    static List<Verdict> of(Situation situation, List<CertificateProblem> problems) {
        if (problems.isEmpty()) {
            return List.of(Verdict.of(Cause.CERT_UNTRUSTED, "path", 0.6));
        }
        List<CertificateProblem.RevocationUnknown> unknown = problems.stream()
                .filter(CertificateProblem.RevocationUnknown.class::isInstance)
                .map(CertificateProblem.RevocationUnknown.class::cast)
                .toList();
        // Of several whose status is not known one finding tells, in the place of the first.
        return problems.stream()
                .filter(problem -> !(problem instanceof CertificateProblem.RevocationUnknown)
                        || problem.equals(unknown.getFirst()))
                .sorted(Comparator.comparingInt(CertificateVerdicts::rank))
                .map(problem -> of(situation, problem, unknown))
                .toList();
    }

    /** Whether software that inspects TLS is known to sign by this name. */
    static boolean isInterceptor(String issuer) {
        return INTERCEPTORS.matcher(issuer).find();
    }

    /** Who issued it comes before what it says, since a stranger may write what he likes. */
    private static int rank(CertificateProblem problem) {
        return switch (problem) {
            case CertificateProblem.MissingIntermediate _ -> 0;
            case CertificateProblem.SelfSigned _ -> 1;
            case CertificateProblem.UnknownIssuer _ -> 2;
            case CertificateProblem.Expired _ -> 3;
            case CertificateProblem.NotYetValid _ -> 4;
            case CertificateProblem.NameMismatch _ -> 5;
            case CertificateProblem.WrongUsage _ -> 6;
            case CertificateProblem.TooWeak _ -> 7;
            case CertificateProblem.InvalidPath _ -> 8;
            case CertificateProblem.Revoked _ -> 9;
            case CertificateProblem.RevocationUnknown _ -> 10;
        };
    }

    private static Verdict of(
            Situation situation, CertificateProblem problem, List<CertificateProblem.RevocationUnknown> unknown) {
        return switch (problem) {
            case CertificateProblem.MissingIntermediate(String issuer)
            when isInterceptor(issuer) -> untrusted(situation, "", issuer);
            case CertificateProblem.MissingIntermediate(String issuer) ->
                Verdict.of(Cause.CERT_CHAIN_INCOMPLETE, 0.9)
                        .with("issuer", issuer)
                        .seen(Phase.TLS, "missing", issuer);
            case CertificateProblem.SelfSigned(String subject) -> untrusted(situation, "selfSigned", subject);
            case CertificateProblem.UnknownIssuer(String issuer) -> untrusted(situation, "", issuer);
            case CertificateProblem.Expired(int link, String subject, Instant notAfter) ->
                Verdict.of(Cause.CERT_EXPIRED, place(link), 0.95)
                        .with("subject", subject)
                        .with("date", day(notAfter))
                        .seen(Phase.TLS, "notAfter", notAfter);
            case CertificateProblem.NotYetValid(int link, String subject, Instant notBefore) ->
                Verdict.of(Cause.CERT_NOT_YET_VALID, place(link), 0.9)
                        .with("subject", subject)
                        .with("date", day(notBefore))
                        .with("today", day(situation.time()))
                        .seen(Phase.TLS, "notBefore", notBefore);
            case CertificateProblem.NameMismatch mismatch -> nameMismatch(mismatch);
            case CertificateProblem.WrongUsage(int link, String subject, String detail) ->
                Verdict.of(Cause.CERT_WRONG_USAGE, place(link), 0.9)
                        .with("subject", subject)
                        .seen(Phase.TLS, "path", detail);
            case CertificateProblem.TooWeak(int link, String subject, String detail) ->
                Verdict.of(Cause.CERT_TOO_WEAK, place(link), 0.9)
                        .with("subject", subject)
                        .with("detail", detail)
                        .seen(Phase.TLS, "path", detail);
            case CertificateProblem.InvalidPath(String detail) -> invalid(detail);
            case CertificateProblem.Revoked(int link, String subject, String detail) ->
                Verdict.of(Cause.CERT_REVOKED, place(link), 0.95)
                        .with("subject", subject)
                        .seen(Phase.TLS, "revoked", detail);
            case CertificateProblem.RevocationUnknown _ -> unknown(situation, unknown);
        };
    }

    /** The variant that names the certificate where it is not the server's own. */
    private static String place(int link) {
        return link == 0 ? "" : "issuer";
    }

    private static Verdict unknown(Situation situation, List<CertificateProblem.RevocationUnknown> problems) {
        CertificateProblem.RevocationUnknown first = problems.stream()
                .filter(problem -> !isAddressless(situation, problem))
                .findFirst()
                .orElse(problems.getFirst());
        Verdict verdict = Verdict.of(
                        Cause.CERT_STATUS_UNKNOWN, isAddressless(situation, first) ? "addressless" : "", 0.9)
                .at(Field.REVOCATION)
                .with("subject", first.subject());
        for (CertificateProblem.RevocationUnknown problem : problems) {
            verdict = verdict.seen(Phase.TLS, "status", status(situation, problem));
        }
        return verdict;
    }

    private static boolean isAddressless(Situation situation, CertificateProblem.RevocationUnknown problem) {
        return revocation(situation, problem)
                .filter(it -> it.source() == Revocation.Source.NONE)
                .isPresent();
    }

    private static String status(Situation situation, CertificateProblem.RevocationUnknown problem) {
        return revocation(situation, problem)
                .map(CertificateVerdicts::status)
                .orElse(problem.subject() + ": " + problem.detail());
    }

    /** The certificate, who was asked about it, and what came of it. */
    static String status(Revocation revocation) {
        return Stream.of(revocation.subject(), revocation.from(), revocation.detail())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
    }

    private static Optional<Revocation> revocation(Situation situation, CertificateProblem.RevocationUnknown problem) {
        return situation.tls().stream()
                .flatMap(tls -> tls.revocations().stream())
                .filter(it -> it.link() == problem.link())
                .findFirst();
    }

    private static Verdict untrusted(Situation situation, String variant, String issuer) {
        boolean intercepted = isInterceptor(issuer);
        Verdict verdict = intercepted
                ? Verdict.of(Cause.TLS_INTERCEPTION, 0.85).by(Actor.USER)
                : Verdict.of(Cause.CERT_UNTRUSTED, variant, 0.85)
                        .at(variant.isEmpty() ? Field.TRUST : Field.FINGERPRINTS);
        Verdict told = verdict.with("issuer", issuer).seen(Phase.TLS, "issuer", issuer);
        return situation
                .tls()
                .flatMap(tls -> tls.certificates().stream().findFirst())
                .map(CertificateFacts::sha256)
                .map(fingerprint -> told.seen(Phase.TLS, "fingerprint", fingerprint))
                .orElse(told);
    }

    private static Verdict nameMismatch(CertificateProblem.NameMismatch mismatch) {
        boolean none = mismatch.names().isEmpty();
        String names = none ? mismatch.commonName() : String.join(", ", mismatch.names());
        return Verdict.of(Cause.CERT_NAME_MISMATCH, none ? "commonName" : "", 0.9)
                .by(none ? Actor.SERVER : Actor.USER)
                .at(Field.HOST)
                .with("wanted", mismatch.wanted())
                .with("names", names)
                .seen(Phase.TLS, none ? "commonName" : "names", names);
    }

    private static Verdict invalid(String detail) {
        return Verdict.of(Cause.CERT_UNTRUSTED, "path", 0.6).by(Actor.SERVER).seen(Phase.TLS, "path", detail);
    }

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
