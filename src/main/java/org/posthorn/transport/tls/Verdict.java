package org.posthorn.transport.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Revocation;
import org.posthorn.transport.revocation.Issued;
import org.posthorn.transport.revocation.StapledAnswers;
import org.posthorn.transport.revocation.StatusPointers;

/**
 * What the judge found in one chain.
 *
 * @param certificates the chain as sent, the server's own certificate first
 * @param built the chain from the server's certificate to the authority that is trusted; empty when none could be built
 * @param issued those of the built chain that an issuer may take back; empty when something is wrong already
 * @param revocations what is known of whether it did
 * @param stapleMissing whether the certificate demands a stapled answer (RFC 7633) and none came
 * @param problems all that is wrong; empty when nothing is
 * @param pinned whether a fingerprint chosen by the person makes up for the problems
 */
public record Verdict(
        List<CertificateFacts> certificates,
        List<CertificateFacts> built,
        List<Issued> issued,
        List<Revocation> revocations,
        boolean stapleMissing,
        List<CertificateProblem> problems,
        boolean pinned) {
    public Verdict {
        certificates = List.copyOf(certificates);
        built = List.copyOf(built);
        issued = List.copyOf(issued);
        revocations = List.copyOf(revocations);
        problems = List.copyOf(problems);
    }

    /** With what the server sent along about its certificates. */
    Verdict stapled(StapledAnswers answers, boolean any) {
        Verdict known = known(answers.about(issued), RevocationPolicy.STAPLED);
        boolean missing = !any
                && issued.stream()
                        .anyMatch(it -> it.link() == 0
                                && StatusPointers.of(it.certificate()).mustStaple());
        return new Verdict(certificates, built, issued, known.revocations, missing, known.problems, pinned);
    }

    /** Those of whom no stapled answer tells. */
    List<Issued> open() {
        return issued.stream()
                .filter(it -> revocations.stream()
                        .noneMatch(known -> known.link() == it.link() && known.status() != Revocation.Status.UNKNOWN))
                .toList();
    }

    /** With what has been found out beside what was known, and what follows from it. */
    Verdict known(List<Revocation> found, RevocationPolicy policy) {
        List<Revocation> all = new ArrayList<>(found);
        revocations.stream()
                .filter(old -> found.stream().noneMatch(it -> it.link() == old.link()))
                .forEach(all::add);
        all.sort(Comparator.comparingInt(Revocation::link));
        List<CertificateProblem> wrong = new ArrayList<>(problems);
        all.forEach(
                it -> problem(it, policy).filter(each -> !wrong.contains(each)).ifPresent(wrong::add));
        return new Verdict(certificates, built, issued, all, stapleMissing, wrong, pinned);
    }

    private static Optional<CertificateProblem> problem(Revocation revocation, RevocationPolicy policy) {
        return switch (revocation.status()) {
            case GOOD -> Optional.empty();
            case REVOKED ->
                Optional.of(
                        new CertificateProblem.Revoked(revocation.link(), revocation.subject(), revocation.detail()));
            case UNKNOWN ->
                policy == RevocationPolicy.REQUIRE
                        ? Optional.of(new CertificateProblem.RevocationUnknown(
                                revocation.link(), revocation.subject(), revocation.detail()))
                        : Optional.empty();
        };
    }

    public boolean trusted() {
        return !certificates.isEmpty() && (problems.isEmpty() || pinned);
    }
}
