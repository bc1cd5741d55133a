package org.posthorn.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate about to be made. What is not asked for is what a good one has: valid since yesterday for ninety days (an
 * authority's since last year for ten), an EC key, the usages of its kind. {@link #issue()} makes it.
 */
public final class CertificateRequest {
    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final Optional<IssuedCertificate> issuer;
    private final List<AddedExtension> further = new ArrayList<>();
    private X500Principal subject;
    private List<GeneralName> names = List.of();
    private Instant notBefore = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
    private Instant notAfter = notBefore.plus(Duration.ofDays(91));
    private Optional<KeyPair> keys = Optional.empty();
    private Optional<String> signature = Optional.empty();
    private BasicConstraints constraints;
    private int usage;
    private List<KeyPurposeId> purposes = List.of();

    private record AddedExtension(String oid, boolean critical, ASN1Encodable value) {}

    private CertificateRequest(
            Optional<IssuedCertificate> issuer, String commonName, BasicConstraints constraints, int usage) {
        this.issuer = issuer;
        this.subject = new X500Principal("CN=" + commonName);
        this.constraints = constraints;
        this.usage = usage;
    }

    /** An authority that is its own issuer. */
    public static CertificateRequest root(String commonName) {
        return authority(Optional.empty(), commonName);
    }

    static CertificateRequest intermediate(IssuedCertificate issuer, String commonName) {
        return authority(Optional.of(issuer), commonName);
    }

    static CertificateRequest leaf(IssuedCertificate issuer, String... names) {
        return server(Optional.of(issuer), names);
    }

    static CertificateRequest selfSigned(String... names) {
        return server(Optional.empty(), names);
    }

    private static CertificateRequest authority(Optional<IssuedCertificate> issuer, String commonName) {
        Instant lastYear = Instant.now().minus(Duration.ofDays(365));
        return new CertificateRequest(
                        issuer, commonName, new BasicConstraints(true), KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .valid(lastYear, lastYear.plus(Duration.ofDays(3650)));
    }

    private static CertificateRequest server(Optional<IssuedCertificate> issuer, String... names) {
        return new CertificateRequest(issuer, names[0], new BasicConstraints(false), KeyUsage.digitalSignature)
                .names(names)
                .purposes(KeyPurposeId.id_kp_serverAuth);
    }

    /** The names and IP literals of subjectAltName; none leaves the extension out. */
    public CertificateRequest names(String... dnsOrIp) {
        names = Arrays.stream(dnsOrIp).map(CertificateRequest::generalName).toList();
        return this;
    }

    /** One more entry of subjectAltName, as a DNS name whatever it looks like. */
    public CertificateRequest dnsName(String name) {
        names = Stream.concat(names.stream(), Stream.of(new GeneralName(GeneralName.dNSName, name)))
                .toList();
        return this;
    }

    public CertificateRequest subject(String distinguishedName) {
        subject = new X500Principal(distinguishedName);
        return this;
    }

    public CertificateRequest valid(Instant from, Instant until) {
        notBefore = from.truncatedTo(ChronoUnit.SECONDS);
        notAfter = until.truncatedTo(ChronoUnit.SECONDS);
        return this;
    }

    public CertificateRequest keys(KeyPair pair) {
        keys = Optional.of(pair);
        return this;
    }

    public CertificateRequest rsa(int bits) {
        return keys(rsaKeys(bits));
    }

    /** The signature algorithm in Java's name, for example {@code SHA1withRSA}; it must suit the issuer's key. */
    public CertificateRequest signedWith(String algorithm) {
        signature = Optional.of(algorithm);
        return this;
    }

    /** The extendedKeyUsage; none leaves the extension out. */
    public CertificateRequest purposes(KeyPurposeId... allowed) {
        purposes = List.of(allowed);
        return this;
    }

    /** The keyUsage, as bits of {@link KeyUsage}; 0 leaves the extension out. */
    public CertificateRequest usage(int bits) {
        usage = bits;
        return this;
    }

    public CertificateRequest constraints(BasicConstraints basic) {
        constraints = basic;
        return this;
    }

    /** An extension more, or another than the usual one of this kind. */
    public CertificateRequest extension(String oid, boolean critical, ASN1Encodable value) {
        further.add(new AddedExtension(oid, critical, value));
        return this;
    }

    public IssuedCertificate issue() {
        KeyPair own = keys.orElseGet(() -> ecKeys("secp256r1"));
        KeyPair signer = issuer.map(IssuedCertificate::keys).orElse(own);
        X509Certificate certificate = sign(own, signer);
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        issuer.filter(above -> !isRoot(above)).ifPresent(above -> chain.addAll(above.chain()));
        return new IssuedCertificate(certificate, own, chain);
    }

    public static KeyPair ecKeys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsaKeys(int bits) {
        return keys("RSA", bits);
    }

    /** Keys of an algorithm that Java has, for example {@code DSA}. */
    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(KeyPair own, KeyPair signer) {
        X500Principal above =
                issuer.map(it -> it.certificate().getSubjectX500Principal()).orElse(subject);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                above,
                BigInteger.valueOf(SERIALS.getAndIncrement()),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                own.getPublic());
        try {
            addExtensions(builder, own, signer);
            String algorithm = signature.orElse(isRsa(signer) ? "SHA256withRSA" : "SHA256withECDSA");
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm)
                            .setProvider(PROVIDER)
                            .build(signer.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addExtensions(JcaX509v3CertificateBuilder builder, KeyPair own, KeyPair signer)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(own.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
        builder.addExtension(Extension.basicConstraints, true, constraints);
        if (usage != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        }
        if (!purposes.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        for (AddedExtension each : further) {
            ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(each.oid());
            if (builder.hasExtension(oid)) {
                builder.replaceExtension(oid, each.critical(), each.value());
            } else {
                builder.addExtension(oid, each.critical(), each.value());
            }
        }
    }

    private static boolean isRsa(KeyPair pair) {
        return pair.getPrivate() instanceof RSAKey;
    }

    private static boolean isRoot(IssuedCertificate issued) {
        X509Certificate certificate = issued.certificate();
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static GeneralName generalName(String dnsOrIp) {
        boolean address = dnsOrIp.contains(":") || dnsOrIp.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, dnsOrIp);
    }
}
