package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.CertificateRequest;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;

/** RFC 5929 §4.1. */
class CertificateDigestTest {
    @ParameterizedTest
    @CsvSource({
        "RSA, SHA1withRSA, SHA-256",
        "RSA, SHA256withRSA, SHA-256",
        "RSA, SHA384withRSA, SHA-384",
        "RSA, SHA512withRSA, SHA-512",
        "RSA, SHA384withRSAandMGF1, SHA-384",
        "EC, SHA256withECDSA, SHA-256",
        "EC, SHA384withECDSA, SHA-384"
    })
    void isTheSignaturesUnlessThatIsWeak(String keys, String signature, String digest) throws Exception {
        KeyPair pair = keys.equals("RSA") ? CertificateRequest.rsaKeys(2048) : CertificateRequest.ecKeys("secp384r1");
        IssuedCertificate certificate = Certificates.selfSigned("mail.test")
                .keys(pair)
                .signedWith(signature)
                .issue();

        assertThat(CertificateDigest.of(certificate.certificate()))
                .contains(MessageDigest.getInstance(digest)
                        .digest(certificate.certificate().getEncoded()));
    }

    @Test
    void isNoneWhereTheSignatureNamesNone() throws Exception {
        IssuedCertificate certificate = Certificates.selfSigned("mail.test")
                .keys(CertificateRequest.keys("Ed25519", 255))
                .signedWith("Ed25519")
                .issue();

        assertThat(CertificateDigest.of(certificate.certificate())).isEmpty();
    }
}
