package org.posthorn.transport.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Field;
import org.posthorn.testkit.Certificates;

class AuthorityFileTest {
    private static final X509Certificate ONE = Certificates.authority().certificate();
    private static final X509Certificate TWO = Certificates.authority("Two").certificate();

    @TempDir
    private Path folder;

    @Test
    void readsOneCertificate() throws Exception {
        assertThat(read(Certificates.pem(ONE))).containsExactly(ONE);
    }

    @Test
    void readsSeveralWithTextAround() throws Exception {
        String text = "subject=CN=Test Root — “ours”\n" + Certificates.pem(ONE) + "\nBag Attributes: none\n"
                + Certificates.pem(TWO) + "-- \nthe end";

        assertThat(read(text)).containsExactly(ONE, TWO);
    }

    @Test
    void readsLinesThatEndAsOnWindowsAfterAByteOrderMark() throws Exception {
        assertThat(read("\uFEFF" + Certificates.pem(ONE).replace("\n", "\r\n"))).containsExactly(ONE);
    }

    @Test
    void readsTheOlderLabel() throws Exception {
        assertThat(read(Certificates.pem("X509 CERTIFICATE", Certificates.der(ONE))))
                .containsExactly(ONE);
    }

    @Test
    void passesOverKeysAndRevocationLists() throws Exception {
        String key = Certificates.pem("PRIVATE KEY", new byte[] {1, 2, 3});

        assertThat(read(key + Certificates.pem(ONE) + Certificates.pem("X509 CRL", new byte[] {4})))
                .containsExactly(ONE);
    }

    @Test
    void readsDer() throws Exception {
        assertThat(read(Certificates.der(ONE))).containsExactly(ONE);
    }

    @Test
    void readsBundles() throws Exception {
        byte[] bundle = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(ONE, TWO))
                .getEncoded("PKCS7");

        assertThat(read(bundle)).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(read(Certificates.pem("PKCS7", bundle))).containsExactlyInAnyOrder(ONE, TWO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "no certificate here",
                "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nAQID\n",
                "0\u0082\u0001"
            })
    void saysThatThereIsNoCertificate(String content) throws Exception {
        refuses(write(content.getBytes(UTF_8)), "holds no certificate; choose a PEM or DER file with one or more.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQID", "", "A", "!!!!", "MIIB"})
    void saysWhichCertificateIsBroken(String body) throws Exception {
        String broken = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";

        refuses(
                write((Certificates.pem(ONE) + broken).getBytes(US_ASCII)),
                "holds a certificate that cannot be read, number 2; export it again or remove it.");
    }

    @Test
    void saysThatTheFileIsNotThere() throws Exception {
        refuses(folder.resolve("missing.pem"), "does not exist; choose another, or leave the field empty.");
    }

    @Test
    void saysThatItIsAFolder() throws Exception {
        refuses(folder, "is a folder; choose a PEM or DER file.");
    }

    @Test
    void readsNoFileOfAnySize() throws Exception {
        Path large = folder.resolve("large");
        try (FileChannel channel = FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 16 << 20);
        }

        refuses(large, "is larger than 16 MiB; choose a PEM or DER file of certificates.");
    }

    private List<X509Certificate> read(String content) throws IOException, UnusableAuthorities {
        return read(content.getBytes(UTF_8));
    }

    private List<X509Certificate> read(byte[] content) throws IOException, UnusableAuthorities {
        return AuthorityFile.read(write(content));
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("authorities"), content);
    }

    private static void refuses(Path file, String complaint) {
        assertThatExceptionOfType(UnusableAuthorities.class)
                .isThrownBy(() -> AuthorityFile.read(file))
                .withMessage("The file of authorities “" + file + "” " + complaint)
                .satisfies(e -> assertThat(e.problem().field()).isEqualTo(Field.TRUST))
                .satisfies(e -> assertThat(e.problem().isError()).isTrue());
    }
}
