package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.timeline.CertificateFacts;

class CertificateReadingTest {

    @Test
    void readsWhatAPersonAsksFor() throws Exception {
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Instant until = Instant.parse("2026-06-01T12:30:00Z");
        IssuedCertificate issued = Certificates.authority()
                .leaf("mail.example", "*.mail.example", "10.0.0.1", "::1")
                .subject("CN=mail.example,O=Ex\\, Ample,C=DE,EMAILADDRESS=a@b.example")
                .valid(from, until)
                .issue();
        byte[] der = issued.certificate().getEncoded();

        assertThat(CertificateReading.facts(issued.certificate()))
                .isEqualTo(new CertificateFacts(
                        "CN=mail.example,O=Ex\\, Ample,C=DE,EMAILADDRESS=a@b.example",
                        "CN=Test Root",
                        List.of("mail.example", "*.mail.example", "10.0.0.1", "0:0:0:0:0:0:0:1"),
                        from,
                        until,
                        "EC secp256r1",
                        "SHA256withECDSA",
                        issued.certificate().getSerialNumber().toString(16),
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(der)),
                        false,
                        Certificates.pem(issued.certificate())));
    }

    @Test
    void tellsAnAuthority() {
        CertificateFacts root =
                CertificateReading.facts(Certificates.authority().certificate());

        assertThat(root.authority()).isTrue();
        assertThat(root.selfIssued()).isTrue();
        assertThat(root.names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, RSA 2048",
        "RSA, 1024, RSA 1024",
        "DSA, 1024, DSA 1024",
        "EC, 256, EC secp256r1",
        "EC, 384, EC secp384r1",
        "EC, 521, EC secp521r1"
    })
    void namesAKeyByAlgorithmAndSize(String algorithm, int size, String expected) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);

        assertThat(CertificateStrength.key(generator.generateKeyPair().getPublic()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Ed25519", "Ed448", "ML-DSA-65"})
    void namesAKeyByItsOneName(String algorithm) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

        assertThat(CertificateStrength.key(keys.getPublic())).isEqualTo(algorithm);
    }
}
