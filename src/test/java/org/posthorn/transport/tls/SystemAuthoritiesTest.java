package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Trust;
import org.posthorn.account.TrustStore;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;

class SystemAuthoritiesTest {
    private static final IssuedCertificate AUTHORITY = Certificates.authority();

    @TempDir
    Path folder;

    private Path bundle(String name) throws Exception {
        String body =
                Base64.getMimeEncoder().encodeToString(AUTHORITY.certificate().getEncoded());
        return Files.writeString(
                folder.resolve(name), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    private static KeyStore none(String type) throws KeyStoreException {
        throw new KeyStoreException(type + " is not here");
    }

    private static KeyStore holding() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ours", AUTHORITY.certificate());
        return store;
    }

    @Test
    void readsTheFirstFileThatThereIs() throws Exception {
        List<Path> usual = List.of(folder.resolve("nowhere.pem"), bundle("bundle.pem"));

        assertThat(new SystemAuthorities("Linux", Map.of(), usual, SystemAuthoritiesTest::none).read())
                .containsExactly(AUTHORITY.certificate());
    }

    @Test
    void readsTheFileThatTheEnvironmentNames() throws Exception {
        Map<String, String> environment =
                Map.of("SSL_CERT_FILE", bundle("own.pem").toString());

        assertThat(new SystemAuthorities("Linux", environment, List.of(), SystemAuthoritiesTest::none).read())
                .containsExactly(AUTHORITY.certificate());
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() {
        assertThatExceptionOfType(UnusableAuthorities.class)
                .isThrownBy(
                        () -> new SystemAuthorities("Linux", Map.of(), List.of(), SystemAuthoritiesTest::none).read())
                .satisfies(e -> assertThat(e.problem().sentence()).contains("ca-certificates", "SSL_CERT_FILE"));
    }

    @ParameterizedTest
    @CsvSource({
        "Windows 11, Windows-ROOT",
        "Windows 11, Windows-ROOT-LOCALMACHINE",
        "Mac OS X, KeychainStore-ROOT",
        "Mac OS X, KeychainStore"
    })
    void readsTheStoresThatTheSystemHas(String system, String type) throws Exception {
        SystemAuthorities authorities = new SystemAuthorities(
                system, Map.of(), List.of(), asked -> asked.equals(type) ? holding() : none(asked));

        assertThat(authorities.read()).containsExactly(AUTHORITY.certificate());
    }

    @Test
    void saysThatAStoreCannotBeRead() {
        assertThatExceptionOfType(UnusableAuthorities.class)
                .isThrownBy(() ->
                        new SystemAuthorities("Windows 11", Map.of(), List.of(), SystemAuthoritiesTest::none).read())
                .satisfies(e -> assertThat(e.problem().sentence()).contains("choose the built-in ones"));
    }

    @Test
    void areBelievedByThoseAloneWhoChooseThem() throws Exception {
        TrustAnchors anchors = TrustAnchors.of(List.of())
                .withSystem(new SystemAuthorities(
                        "Linux", Map.of(), List.of(bundle("bundle.pem")), SystemAuthoritiesTest::none));
        List<X509Certificate> chain =
                List.of(AUTHORITY.leaf("mail.example.org").issue().certificate());
        Trust system = Trust.builtIn().withStore(TrustStore.SYSTEM);

        assertThat(new CertificateJudge(system, anchors, Clock.systemUTC())
                        .judge(chain, "mail.example.org")
                        .trusted())
                .isTrue();
        assertThat(new CertificateJudge(Trust.builtIn(), anchors, Clock.systemUTC())
                        .judge(chain, "mail.example.org")
                        .trusted())
                .isFalse();
    }
}
