package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Trust;
import org.posthorn.testkit.CertificateRequest;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.CertificateProblem.Expired;
import org.posthorn.timeline.CertificateProblem.InvalidPath;
import org.posthorn.timeline.CertificateProblem.MissingIntermediate;
import org.posthorn.timeline.CertificateProblem.NameMismatch;
import org.posthorn.timeline.CertificateProblem.NotYetValid;
import org.posthorn.timeline.CertificateProblem.SelfSigned;
import org.posthorn.timeline.CertificateProblem.TooWeak;
import org.posthorn.timeline.CertificateProblem.UnknownIssuer;
import org.posthorn.timeline.CertificateProblem.WrongUsage;

/** Every problem alone, where it stands in the chain, and several at once. */
class CertificateProblemsTest {
    private static final Instant NOW = Instant.parse("2031-05-04T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final Instant LATER = NOW.plus(Duration.ofDays(60));

    private static final String HOST = "mail.example";
    private static final String LEAF = "CN=mail.example";
    private static final String MIDDLE = "CN=Middle";

    private static final IssuedCertificate ROOT = authority("Test Root");
    private static final IssuedCertificate MIDDLE_AUTHORITY = middle().issue();
    private static final IssuedCertificate STRANGER = authority("Stranger");

    @ParameterizedTest(name = "{0}")
    @MethodSource({"dates", "names", "issuers", "usages", "strengths", "paths", "several"})
    void findsExactlyWhatIsWrong(String what, List<X509Certificate> chain, List<CertificateProblem> expected)
            throws Exception {
        assertThat(problems(chain)).containsExactlyInAnyOrderElementsOf(expected);
    }

    static Stream<Arguments> dates() {
        return Stream.of(
                row("expired", leaf().valid(LONG_AGO, YESTERDAY), new Expired(0, LEAF, YESTERDAY)),
                row("not yet valid", leaf().valid(TOMORROW, LATER), new NotYetValid(0, LEAF, TOMORROW)),
                row(
                        "expired intermediate, leaf from after its end",
                        middle().valid(LONG_AGO, YESTERDAY).issue().leaf(HOST).valid(NOW, LATER),
                        new Expired(1, MIDDLE, YESTERDAY)),
                row(
                        "intermediate not yet valid",
                        current(middle().valid(TOMORROW, LATER).issue().leaf(HOST)),
                        new NotYetValid(1, MIDDLE, TOMORROW)));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                row("other name", leaf("a.example", "10.0.0.1"), mismatch("a.example", "a.example", "10.0.0.1")),
                row("common name only", leaf().names(), mismatch(HOST)),
                row("no name at all", leaf().names().subject("O=Nobody"), mismatch("")));
    }

    static Stream<Arguments> issuers() {
        IssuedCertificate strangersMiddle =
                current(STRANGER.intermediate("Middle")).issue();
        IssuedCertificate lost = current(strangersMiddle.leaf(HOST)).issue();
        return Stream.of(
                row("self-signed", current(Certificates.selfSigned(HOST)), new SelfSigned(LEAF)),
                row(
                        "root of a stranger not sent",
                        current(strangersMiddle.leaf(HOST)),
                        new UnknownIssuer("CN=Stranger")),
                row(
                        "root of a stranger sent",
                        lost.chainWith(STRANGER.certificate()),
                        new UnknownIssuer("CN=Stranger")),
                row("intermediate not sent", List.of(leaf().issue().certificate()), new MissingIntermediate(MIDDLE)),
                row(
                        "another intermediate sent",
                        List.of(leaf().issue().certificate(), other().certificate()),
                        new MissingIntermediate(MIDDLE)),
                row(
                        "an authority of the same name and another key",
                        current(authority("Test Root").leaf(HOST)),
                        new UnknownIssuer("CN=Test Root")));
    }

    static Stream<Arguments> usages() {
        CertificateRequest client = leaf().purposes(KeyPurposeId.id_kp_clientAuth);
        IssuedCertificate noAuthority = current(ROOT.leaf("not.an.authority")).issue();
        return Stream.of(
                row("client's certificate", client, wrong(0, LEAF, "extendedKeyUsage lacks serverAuth")),
                row("any purpose", leaf().purposes(KeyPurposeId.anyExtendedKeyUsage)),
                row("purpose left open", leaf().purposes().usage(0)),
                row(
                        "encipherment alone",
                        leaf().usage(KeyUsage.keyEncipherment),
                        wrong(0, LEAF, "keyUsage lacks digitalSignature")),
                row(
                        "an authority's certificate",
                        leaf().constraints(new BasicConstraints(true)),
                        wrong(0, LEAF, "it is a certificate authority's")),
                row(
                        "issued by a server's certificate",
                        current(noAuthority.leaf(HOST)),
                        wrong(
                                1,
                                "CN=not.an.authority",
                                "it issued another certificate and is no certificate authority's")),
                row(
                        "issued by an authority that may not",
                        current(middle().usage(KeyUsage.cRLSign).issue().leaf(HOST)),
                        wrong(1, MIDDLE, "keyUsage lacks keyCertSign")),
                row(
                        "issued by an authority for clients",
                        current(middle().purposes(KeyPurposeId.id_kp_clientAuth)
                                .issue()
                                .leaf(HOST)),
                        wrong(1, MIDDLE, "extendedKeyUsage lacks serverAuth")));
    }

    static Stream<Arguments> strengths() {
        IssuedCertificate rsa = middle().rsa(2048).issue();
        return Stream.of(
                row("RSA 2048", leaf().rsa(2048)),
                row("RSA 1024", leaf().rsa(1024), weak(0, LEAF, "key RSA 1024")),
                row("DSA 2048", leaf().keys(CertificateRequest.keys("DSA", 2048))),
                row("DSA 1024", leaf().keys(CertificateRequest.keys("DSA", 1024)), weak(0, LEAF, "key DSA 1024")),
                row("RSA 512", leaf().rsa(512), weak(0, LEAF, "key RSA 512")),
                row(
                        "EC of 192 bits",
                        leaf().keys(CertificateRequest.ecKeys("secp192r1")),
                        weak(0, LEAF, "key EC secp192r1")),
                row("SHA-1", leaf().signedWith("SHA1withECDSA"), weak(0, LEAF, "signature SHA1withECDSA")),
                row("MD5", current(rsa.leaf(HOST)).signedWith("MD5withRSA"), weak(0, LEAF, "signature MD5withRSA")),
                row(
                        "SHA-1 inside PSS",
                        current(rsa.leaf(HOST)).signedWith("SHA1withRSAandMGF1"),
                        weak(0, LEAF, "signature RSASSA-PSS with SHA-1")),
                row("SHA-256 inside PSS", current(rsa.leaf(HOST)).signedWith("SHA256withRSAandMGF1")),
                row(
                        "intermediate signed with SHA-1",
                        current(middle().signedWith("SHA1withECDSA").issue().leaf(HOST)),
                        weak(1, MIDDLE, "signature SHA1withECDSA")),
                row(
                        "intermediate RSA 1024",
                        current(middle().rsa(1024).issue().leaf(HOST)),
                        weak(1, MIDDLE, "key RSA 1024")));
    }

    static Stream<Arguments> paths() {
        GeneralSubtree elsewhere = new GeneralSubtree(new GeneralName(GeneralName.dNSName, "elsewhere.example"));
        NameConstraints constraints = new NameConstraints(new GeneralSubtree[] {elsewhere}, null);
        CertificateRequest constrained = middle().extension("2.5.29.30", true, constraints);
        CertificateRequest last = middle().constraints(new BasicConstraints(0));
        return Stream.of(
                row(
                        "outside the names allowed",
                        current(constrained.issue().leaf(HOST)),
                        invalid("its names are outside those its authority may issue for")),
                row(
                        "an authority below the last allowed",
                        current(current(last.issue().intermediate("Below"))
                                .issue()
                                .leaf(HOST)),
                        new InvalidPath("CN=Below: an authority above it allows no further one below")),
                row(
                        "unknown critical extension",
                        unknown(),
                        invalid("it has a critical extension that nobody here understands")),
                row(
                        "outside the names allowed and expired",
                        constrained.issue().leaf(HOST).valid(LONG_AGO, YESTERDAY),
                        new Expired(0, LEAF, YESTERDAY),
                        invalid("its names are outside those its authority may issue for")),
                row(
                        "unknown critical extension and expired",
                        unknown().valid(LONG_AGO, YESTERDAY),
                        new Expired(0, LEAF, YESTERDAY),
                        invalid("it has a critical extension that nobody here understands")),
                row(
                        "unknown critical extension and not yet valid",
                        unknown().valid(TOMORROW, LATER),
                        new NotYetValid(0, LEAF, TOMORROW),
                        invalid("it has a critical extension that nobody here understands")),
                row(
                        "altered, with an authority key identifier of more than 127 bytes",
                        List.of(altered(namingItsIssuer().issue().certificate()), MIDDLE_AUTHORITY.certificate()),
                        invalid("its signature cannot be verified with the key of its issuer CN=Middle")),
                row(
                        "altered",
                        List.of(altered(leaf().issue().certificate()), MIDDLE_AUTHORITY.certificate()),
                        invalid("its signature cannot be verified with the key of its issuer CN=Middle")));
    }

    static Stream<Arguments> several() {
        return Stream.of(
                row(
                        "all at once from a stranger",
                        STRANGER.leaf("a.example")
                                .purposes(KeyPurposeId.id_kp_clientAuth)
                                .rsa(1024)
                                .signedWith("SHA1withECDSA")
                                .valid(LONG_AGO, YESTERDAY),
                        new MissingIntermediate("CN=Stranger"),
                        new Expired(0, "CN=a.example", YESTERDAY),
                        mismatch("a.example", "a.example"),
                        wrong(0, "CN=a.example", "extendedKeyUsage lacks serverAuth"),
                        weak(0, "CN=a.example", "key RSA 1024"),
                        weak(0, "CN=a.example", "signature SHA1withECDSA")),
                row(
                        "both links out of date",
                        middle().valid(LONG_AGO, YESTERDAY).issue().leaf(HOST).valid(TOMORROW, LATER),
                        new Expired(1, MIDDLE, YESTERDAY),
                        new NotYetValid(0, LEAF, TOMORROW)),
                row(
                        "self-signed with SHA-1, which weakens nothing more",
                        current(Certificates.selfSigned(HOST)).signedWith("SHA1withECDSA"),
                        new SelfSigned(LEAF)),
                row(
                        "self-signed, expired, weak",
                        Certificates.selfSigned(HOST).rsa(1024).valid(LONG_AGO, YESTERDAY),
                        new SelfSigned(LEAF),
                        new Expired(0, LEAF, YESTERDAY),
                        weak(0, LEAF, "key RSA 1024")));
    }

    @Test
    void looksAtTheRootsDatesAndKeyButNotAtItsSignature() throws Exception {
        IssuedCertificate root = CertificateRequest.root("Old Root")
                .rsa(1024)
                .signedWith("SHA1withRSA")
                .valid(LONG_AGO, YESTERDAY)
                .issue();

        assertThat(judge(root)
                        .judge(current(root.leaf(HOST)).issue().chain(), HOST)
                        .problems())
                .containsExactlyInAnyOrder(
                        new Expired(1, "CN=Old Root", YESTERDAY), weak(1, "CN=Old Root", "key RSA 1024"));
    }

    private static CertificateRequest leaf(String... names) {
        return current(MIDDLE_AUTHORITY.leaf(names.length == 0 ? new String[] {HOST} : names));
    }

    private static CertificateRequest unknown() {
        return leaf().extension("1.2.3.4", true, DERNull.INSTANCE);
    }

    /** Beside the key's identifier stands a name (RFC 5280 §4.2.1.1). */
    private static CertificateRequest namingItsIssuer() {
        byte[] key = SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(
                                MIDDLE_AUTHORITY.certificate().getExtensionValue("2.5.29.14"))
                        .getOctets())
                .getKeyIdentifier();
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "long.".repeat(40) + "example"));
        return leaf().extension("2.5.29.35", false, new AuthorityKeyIdentifier(key, names, BigInteger.ONE));
    }

    private static CertificateRequest middle() {
        return current(ROOT.intermediate("Middle"));
    }

    private static IssuedCertificate authority(String commonName) {
        return current(CertificateRequest.root(commonName)).issue();
    }

    private static CertificateRequest current(CertificateRequest request) {
        return request.valid(LONG_AGO, LATER);
    }

    private static IssuedCertificate other() {
        return current(ROOT.intermediate("Other")).issue();
    }

    private static X509Certificate altered(X509Certificate certificate) {
        return Certificates.altered(certificate);
    }

    private static CertificateProblem mismatch(String commonName, String... names) {
        return new NameMismatch(HOST, List.of(names), commonName);
    }

    private static CertificateProblem wrong(int link, String subject, String detail) {
        return new WrongUsage(link, subject, detail);
    }

    private static CertificateProblem weak(int link, String subject, String detail) {
        return new TooWeak(link, subject, detail);
    }

    private static CertificateProblem invalid(String detail) {
        return new InvalidPath(LEAF + ": " + detail);
    }

    private static Arguments row(String what, CertificateRequest server, CertificateProblem... expected) {
        return row(what, server.issue().chain(), expected);
    }

    private static Arguments row(String what, List<X509Certificate> chain, CertificateProblem... expected) {
        return arguments(what, chain, List.of(expected));
    }

    private static List<CertificateProblem> problems(List<X509Certificate> chain) throws Exception {
        return judge(ROOT).judge(chain, HOST).problems();
    }

    private static CertificateJudge judge(IssuedCertificate root) throws Exception {
        TrustAnchors anchors = TrustAnchors.of(List.of(root.certificate()));
        return new CertificateJudge(Trust.builtIn(), anchors, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
