package org.posthorn.transport.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import org.posthorn.account.Trust;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.transport.revocation.Issued;
import org.posthorn.transport.revocation.StapledAnswers;

/**
 * Judges the chain a server sent and names all that is wrong with it, not the first thing only. Safe for any number of
 * threads; judging reads no file, no network and no setting of the JVM beyond the algorithms Java has disabled for good.
 * Whether a certificate was revoked is told by what the server stapled, or found out by others.
 */
public final class CertificateJudge {
    private final Trust trust;
    private final SequencedSet<X509Certificate> anchors;
    private final Clock clock;

    /**
     * Reads the person's file of authorities, once.
     *
     * @param anchors what is trusted beside that file, as a rule {@link TrustAnchors#builtIn()}
     * @throws UnusableAuthorities when the file cannot be read or holds no certificate
     */
    public CertificateJudge(Trust trust, TrustAnchors anchors, Clock clock) throws UnusableAuthorities {
        this.trust = trust;
        this.anchors = anchors.believed(trust);
        this.clock = clock;
    }

    /**
     * Names all that is wrong.
     *
     * @param chainAsSent the server's own certificate first, the others in any order
     * @param hostName the name or IP literal that was connected to
     */
    public Verdict judge(List<X509Certificate> chainAsSent, String hostName) {
        if (chainAsSent.isEmpty()) {
            return new Verdict(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    List.of(new CertificateProblem.InvalidPath("the server sent no certificate")),
                    false);
        }
        Judgement best = judgement(chainAsSent, new ServiceIdentity(hostName));
        return new Verdict(
                CertificateReading.facts(chainAsSent),
                best.path().anchored() ? CertificateReading.facts(best.path().links()) : List.of(),
                best.problems().isEmpty() ? issued(best.path()) : List.of(),
                List.of(),
                false,
                best.problems(),
                trust.fingerprints().contains(CertificateReading.fingerprint(chainAsSent.getFirst())));
    }

    /** With the answers of OCSP responders that the server sent along. */
    Verdict judge(List<X509Certificate> chainAsSent, String hostName, List<byte[]> stapled) {
        return judge(chainAsSent, hostName).stapled(new StapledAnswers(stapled, clock.instant()), !stapled.isEmpty());
    }

    private static List<Issued> issued(CertificatePath path) {
        return IntStream.range(0, path.links().size() - 1)
                .mapToObj(link ->
                        new Issued(link, path.links().get(link), path.links().get(link + 1)))
                .toList();
    }

    private record Judgement(CertificatePath path, List<CertificateProblem> problems) {}

    /** Of several ways to an authority the best one counts: an expired cross-signature harms nobody who has another. */
    private Judgement judgement(List<X509Certificate> chain, ServiceIdentity identity) {
        return CertificatePaths.from(chain, anchors).stream()
                .map(path -> new Judgement(path, problems(path, chain, identity)))
                .min(Comparator.comparingInt(judgement -> judgement.problems().size()))
                .orElseThrow();
    }

    private List<CertificateProblem> problems(
            CertificatePath path, List<X509Certificate> chain, ServiceIdentity identity) {
        Instant now = clock.instant();
        List<CertificateProblem> problems = new ArrayList<>();
        if (!path.anchored()) {
            problems.add(IssuerSearch.problem(path, chain, anchors));
        }
        problems.addAll(dates(path, now));
        if (!identity.matches(path.leaf())) {
            problems.add(mismatch(path.leaf(), identity));
        }
        problems.addAll(CertificateUsage.problems(path));
        problems.addAll(weaknesses(path));
        if (path.anchored()) {
            PathValidation.problem(path, now, problems).ifPresent(problems::add);
        }
        return problems;
    }

    private static List<CertificateProblem> dates(CertificatePath path, Instant now) {
        List<CertificateProblem> problems = new ArrayList<>();
        for (int link = 0; link < path.links().size(); link++) {
            X509Certificate certificate = path.links().get(link);
            Instant notBefore = certificate.getNotBefore().toInstant();
            Instant notAfter = certificate.getNotAfter().toInstant();
            String subject = CertificateReading.subject(certificate);
            if (now.isAfter(notAfter)) {
                problems.add(new CertificateProblem.Expired(link, subject, notAfter));
            } else if (now.isBefore(notBefore)) {
                problems.add(new CertificateProblem.NotYetValid(link, subject, notBefore));
            }
        }
        return problems;
    }

    private static CertificateProblem mismatch(X509Certificate leaf, ServiceIdentity identity) {
        return new CertificateProblem.NameMismatch(
                identity.wanted(), SubjectNames.of(leaf).all(), SubjectNames.commonName(leaf));
    }

    /** A signature that trust does not rest on may be weak: an authority's own, and a certificate's under itself. */
    private static List<CertificateProblem> weaknesses(CertificatePath path) {
        List<CertificateProblem> problems = new ArrayList<>();
        for (int link = 0; link < path.links().size(); link++) {
            X509Certificate certificate = path.links().get(link);
            List<String> weak = new ArrayList<>();
            CertificateStrength.weakKey(certificate).ifPresent(weak::add);
            if (!path.isAnchor(link) && !CertificatePaths.isSelfSigned(certificate)) {
                CertificateStrength.weakSignature(certificate).ifPresent(weak::add);
            }
            for (String detail : weak) {
                problems.add(new CertificateProblem.TooWeak(link, CertificateReading.subject(certificate), detail));
            }
        }
        return problems;
    }
}
