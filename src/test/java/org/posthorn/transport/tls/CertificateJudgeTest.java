package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Trust;
import org.posthorn.testkit.CertificateRequest;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;

class CertificateJudgeTest {
    private static final String HOST = "mail.example";
    private static final IssuedCertificate ROOT = Certificates.authority();
    private static final IssuedCertificate UPPER = ROOT.intermediate("Upper").issue();
    private static final IssuedCertificate LOWER = UPPER.intermediate("Lower").issue();
    private static final IssuedCertificate SERVER = LOWER.leaf(HOST).issue();
    private static final IssuedCertificate STRANGER = Certificates.authority("Stranger");

    @TempDir
    private Path folder;

    @Test
    void trustsAChainThatEndsAtAnAuthority() throws Exception {
        Verdict verdict = judge(ROOT).judge(SERVER.chain(), HOST);

        assertThat(verdict.trusted()).isTrue();
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.pinned()).isFalse();
        assertThat(subjects(verdict.certificates())).containsExactly("CN=mail.example", "CN=Lower", "CN=Upper");
        assertThat(subjects(verdict.built()))
                .containsExactly("CN=mail.example", "CN=Lower", "CN=Upper", "CN=Test Root");
    }

    @Test
    void takesTheCertificatesInAnyOrderAndPassesOverOthers() throws Exception {
        List<X509Certificate> sent = List.of(
                SERVER.certificate(),
                STRANGER.certificate(),
                ROOT.certificate(),
                UPPER.certificate(),
                UPPER.certificate(),
                LOWER.certificate());

        Verdict verdict = judge(ROOT).judge(sent, HOST);

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.certificates()).hasSize(6);
        assertThat(verdict.built()).hasSize(4);
    }

    @Test
    void buildsNothingForAChainThatEndsNowhere() throws Exception {
        Verdict verdict = judge(STRANGER).judge(SERVER.chain(), HOST);

        assertThat(verdict.trusted()).isFalse();
        assertThat(verdict.built()).isEmpty();
        assertThat(verdict.certificates()).hasSize(3);
    }

    @Test
    void endsAtAnIntermediateThatIsTrusted() throws Exception {
        Verdict verdict = judge(UPPER).judge(SERVER.chain(), HOST);

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.built()).hasSize(3);
    }

    @Test
    void asksNothingOfTheSignatureUnderATrustedIntermediate() throws Exception {
        IssuedCertificate weak =
                ROOT.intermediate("Weak").signedWith("SHA1withECDSA").issue();
        List<X509Certificate> sent = weak.leaf(HOST).issue().chain();

        assertThat(judge(weak).judge(sent, HOST).problems()).isEmpty();
        assertThat(judge(ROOT).judge(sent, HOST).problems())
                .hasExactlyElementsOfTypes(CertificateProblem.TooWeak.class);
    }

    @Test
    void asksNoPurposeOfARoot() throws Exception {
        IssuedCertificate root = CertificateRequest.root("For Clients")
                .purposes(KeyPurposeId.id_kp_clientAuth)
                .issue();

        assertThat(judge(root).judge(root.leaf(HOST).issue().chain(), HOST).problems())
                .isEmpty();
    }

    /** The first version of X.509 has no extensions to say what a certificate is for. */
    @Test
    void believesARootOfTheFirstVersion() throws Exception {
        KeyPair keys = CertificateRequest.ecKeys("secp256r1");
        X500Principal name = new X500Principal("CN=First Version");
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v1CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.now().minus(Duration.ofDays(1))),
                                Date.from(Instant.now().plus(Duration.ofDays(1))),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .setProvider(new BouncyCastleProvider())
                                .build(keys.getPrivate())));
        IssuedCertificate root = new IssuedCertificate(certificate, keys, List.of(certificate));

        assertThat(judge(root).judge(root.leaf(HOST).issue().chain(), HOST).problems())
                .isEmpty();
    }

    @Test
    void tellsAuthoritiesOfOneNameApartByTheirKeys() throws Exception {
        IssuedCertificate namesake = Certificates.authority("Test Root");

        assertThat(judge(namesake, ROOT).judge(SERVER.chain(), HOST).problems()).isEmpty();
        assertThat(judge(ROOT, namesake).judge(SERVER.chain(), HOST).problems()).isEmpty();
    }

    @Test
    void takesTheBestOfSeveralWays() throws Exception {
        IssuedCertificate old = crossSigned(UPPER, STRANGER)
                .valid(Instant.now().minus(Duration.ofDays(9)), Instant.now().minus(Duration.ofDays(1)))
                .signedWith("SHA1withECDSA")
                .issue();
        List<X509Certificate> sent =
                List.of(SERVER.certificate(), LOWER.certificate(), old.certificate(), UPPER.certificate());

        assertThat(judge(STRANGER, ROOT).judge(sent, HOST).problems()).isEmpty();
    }

    /** What ends nowhere has one problem here, what ends at an authority two: they say more, and there is a built chain. */
    @Test
    void prefersAWayThatEndsAtAnAuthority() throws Exception {
        IssuedCertificate old = crossSigned(UPPER, STRANGER)
                .valid(Instant.now().minus(Duration.ofDays(9)), Instant.now().minus(Duration.ofDays(1)))
                .signedWith("SHA1withECDSA")
                .issue();
        List<X509Certificate> sent =
                List.of(SERVER.certificate(), LOWER.certificate(), UPPER.certificate(), old.certificate());

        assertThat(judge(STRANGER).judge(sent, HOST).problems())
                .hasExactlyElementsOfTypes(CertificateProblem.Expired.class, CertificateProblem.TooWeak.class);
    }

    @Test
    void goesRoundACircleOnce() throws Exception {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        IssuedCertificate left = Certificates.authority("Left");
        IssuedCertificate right = Certificates.authority("Right");
        List<X509Certificate> sent = List.of(
                left.leaf(HOST).issue().certificate(),
                crossSigned(left, right)
                        .valid(yesterday.minusSeconds(9), yesterday)
                        .issue()
                        .certificate(),
                crossSigned(right, left)
                        .valid(yesterday.minusSeconds(9), yesterday)
                        .issue()
                        .certificate());

        assertThat(judge(ROOT).judge(sent, HOST).problems())
                .hasExactlyElementsOfTypes(
                        CertificateProblem.UnknownIssuer.class,
                        CertificateProblem.Expired.class,
                        CertificateProblem.Expired.class);
    }

    /** Followed to the end there would be more ways than anybody can count. */
    @Test
    @Timeout(60)
    void endsWhenEveryAuthorityHasSignedEveryOther() throws Exception {
        List<IssuedCertificate> circle = IntStream.range(0, 8)
                .mapToObj(number -> Certificates.authority("Circle " + number))
                .toList();
        List<X509Certificate> sent =
                new ArrayList<>(circle.getFirst().leaf(HOST).issue().chain());
        for (IssuedCertificate authority : circle) {
            for (IssuedCertificate other : circle) {
                if (!authority.equals(other)) {
                    sent.add(crossSigned(authority, other).issue().certificate());
                }
            }
        }

        assertThat(judge(ROOT).judge(sent, HOST).trusted()).isFalse();
    }

    @Test
    void believesAPinnedCertificateAndStillSaysWhatIsWrong() throws Exception {
        Trust pin = Trust.builtIn().withFingerprints(Set.of(CertificateReading.fingerprint(SERVER.certificate())));

        Verdict verdict = judge(pin, STRANGER).judge(SERVER.chain(), "other.example");

        assertThat(verdict.trusted()).isTrue();
        assertThat(verdict.pinned()).isTrue();
        assertThat(verdict.problems()).hasSize(2);
    }

    @Test
    void pinsTheServersOwnCertificateOnly() throws Exception {
        Trust pin = Trust.builtIn().withFingerprints(Set.of(CertificateReading.fingerprint(LOWER.certificate())));

        assertThat(judge(pin, STRANGER).judge(SERVER.chain(), HOST).trusted()).isFalse();
    }

    @Test
    void trustsTheAuthoritiesOfTheFileBesideTheOthers() throws Exception {
        Trust trust = fileOf(STRANGER.certificate());

        assertThat(judge(trust, ROOT).judge(SERVER.chain(), HOST).problems()).isEmpty();
        assertThat(judge(trust, ROOT)
                        .judge(STRANGER.leaf(HOST).issue().chain(), HOST)
                        .problems())
                .isEmpty();
    }

    @Test
    void trustsAServersOwnCertificateInTheFileForItsNameAndDaysOnly() throws Exception {
        Instant now = Instant.now();
        IssuedCertificate own = Certificates.selfSigned(HOST).issue();
        IssuedCertificate old = Certificates.selfSigned(HOST)
                .valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2)))
                .issue();
        CertificateJudge judge = judge(fileOf(own.certificate(), old.certificate()), ROOT);

        assertThat(judge.judge(own.chain(), HOST).problems()).isEmpty();
        assertThat(judge.judge(own.chain(), HOST).built()).hasSize(1);
        assertThat(judge.judge(own.chain(), "other.example").problems())
                .singleElement()
                .isInstanceOf(CertificateProblem.NameMismatch.class);
        assertThat(judge.judge(old.chain(), HOST).problems())
                .singleElement()
                .isInstanceOf(CertificateProblem.Expired.class);
    }

    @Test
    void trustsASelfSignedCertificateThatCallsItselfAnAuthority() throws Exception {
        IssuedCertificate own =
                CertificateRequest.root(HOST).names(HOST).usage(0).issue();

        assertThat(judge(fileOf(own.certificate()), ROOT)
                        .judge(own.chain(), HOST)
                        .problems())
                .isEmpty();
    }

    @Test
    void saysThatTheFileCannotBeUsed() {
        Trust trust = Trust.builtIn().withAuthorities(folder.resolve("missing.pem"));

        assertThatExceptionOfType(UnusableAuthorities.class).isThrownBy(() -> judge(trust, ROOT));
    }

    @Test
    void trustsNobodyWhoSendsNothing() throws Exception {
        Verdict verdict = judge(ROOT).judge(List.of(), HOST);

        assertThat(verdict.trusted()).isFalse();
        assertThat(verdict.problems()).hasSize(1);
    }

    @Test
    void knowsTheAuthoritiesThatComeWithJava() throws Exception {
        TrustAnchors builtIn = TrustAnchors.builtIn();

        assertThat(builtIn.certificates()).hasSizeGreaterThan(20).isSameAs(builtIn.certificates());
        assertThat(new CertificateJudge(Trust.builtIn(), builtIn, Clock.systemUTC())
                        .judge(SERVER.chain(), HOST)
                        .trusted())
                .isFalse();
    }

    private static CertificateRequest crossSigned(IssuedCertificate authority, IssuedCertificate by) {
        return by.intermediate("unused")
                .subject(authority.certificate().getSubjectX500Principal().getName())
                .keys(authority.keys());
    }

    private Trust fileOf(X509Certificate... certificates) throws Exception {
        return Trust.builtIn().withAuthorities(Certificates.writePem(folder.resolve("file.pem"), certificates));
    }

    private static CertificateJudge judge(IssuedCertificate... anchors) throws UnusableAuthorities {
        return judge(Trust.builtIn(), anchors);
    }

    private static CertificateJudge judge(Trust trust, IssuedCertificate... anchors) throws UnusableAuthorities {
        List<X509Certificate> certificates =
                Arrays.stream(anchors).map(IssuedCertificate::certificate).toList();
        return new CertificateJudge(trust, TrustAnchors.of(certificates), Clock.systemUTC());
    }

    private static List<String> subjects(List<CertificateFacts> certificates) {
        return certificates.stream().map(CertificateFacts::subject).toList();
    }
}
