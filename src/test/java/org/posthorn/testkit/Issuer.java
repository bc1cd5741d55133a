package org.posthorn.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What an issuer says of the certificates it issued: OCSP answers and lists of revoked ones. */
public final class Issuer {
    /** The status of a certificate that was not taken back. */
    public static final Optional<CertificateStatus> GOOD = Optional.empty();

    private final IssuedCertificate authority;
    private IssuedCertificate signer;
    private Instant knownAt = yesterday();
    private Instant until = yesterday().plus(Duration.ofDays(7));

    public Issuer(IssuedCertificate authority) {
        this.authority = authority;
        this.signer = authority;
    }

    /** Speaks through another, whose certificate it sends along. */
    public Issuer through(IssuedCertificate other) {
        signer = other;
        return this;
    }

    public Issuer valid(Instant from, Instant to) {
        knownAt = from;
        until = to;
        return this;
    }

    private static Instant yesterday() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
    }

    public static Optional<CertificateStatus> revoked() {
        return Optional.of(new RevokedStatus(Date.from(yesterday()), CRLReason.keyCompromise));
    }

    public static Optional<CertificateStatus> unknown() {
        return Optional.of(new UnknownStatus());
    }

    /** An OCSP answer about one certificate, in DER. */
    public byte[] answer(X509Certificate about, Optional<CertificateStatus> status) {
        try {
            DigestCalculator sha1 =
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            X509CertificateHolder issuer = new JcaX509CertificateHolder(authority.certificate());
            X509CertificateHolder signing = new JcaX509CertificateHolder(signer.certificate());
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(signing.getSubject()));
            builder.addResponse(
                    new CertificateID(sha1, issuer, about.getSerialNumber()),
                    status.orElse(CertificateStatus.GOOD),
                    Date.from(knownAt),
                    Date.from(until),
                    null);
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(contentSigner(), new X509CertificateHolder[] {signing}, Date.from(knownAt)))
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer that is none, in DER. */
    public static byte[] refusal(int status) {
        try {
            return new OCSPRespBuilder().build(status, null).getEncoded();
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A list of the certificates with these numbers, in DER. */
    public byte[] list(BigInteger... revoked) {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(authority.certificate().getSubjectX500Principal(), Date.from(knownAt));
            builder.setNextUpdate(Date.from(until));
            Arrays.stream(revoked)
                    .forEach(serial -> builder.addCRLEntry(serial, Date.from(yesterday()), CRLReason.keyCompromise));
            return builder.build(contentSigner()).getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner contentSigner() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA")
                .build(signer.keys().getPrivate());
    }

    /** The extension that names OCSP responders. */
    public static AuthorityInformationAccess responders(String... addresses) {
        return new AuthorityInformationAccess(Arrays.stream(addresses)
                .map(address -> new AccessDescription(AccessDescription.id_ad_ocsp, uri(address)))
                .toArray(AccessDescription[]::new));
    }

    /** The extension that names lists. */
    public static CRLDistPoint lists(String... addresses) {
        return new CRLDistPoint(Arrays.stream(addresses)
                .map(address ->
                        new DistributionPoint(new DistributionPointName(new GeneralNames(uri(address))), null, null))
                .toArray(DistributionPoint[]::new));
    }

    private static GeneralName uri(String address) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, address);
    }
}
