package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.TokenSettings;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.timeline.Failure;

class ClientAssertionTest {
    private final Acquisitions acquisitions = new Acquisitions();
    private ScriptedAuthorizationServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedAuthorizationServer.start();
        server.on("/token", 200, "{'access_token':'acc3ss'}");
    }

    @AfterEach
    void close() throws Exception {
        acquisitions.close();
        server.close();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("key.pem"), content);
    }

    private TokenSettings settings(Path file) {
        return new TokenSettings.ClientCredentials(Acquisitions.client(server), Optional.of(file));
    }

    @Test
    void signsAnAssertionThatTheCertificateVerifies() throws Exception {
        IssuedCertificate own = Certificates.authority().leaf("posthorn").issue();
        byte[] der = own.certificate().getEncoded();
        boolean elliptic = own.keys().getPrivate().getAlgorithm().equals("EC");
        acquisitions.token(settings(file(pem("CERTIFICATE", der)
                + pem("PRIVATE KEY", own.keys().getPrivate().getEncoded()))));

        Map<String, String> form = server.requests("/token").getLast().form();
        String[] parts = form.getOrDefault("client_assertion", "").split("\\.", -1);
        Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
        signature.initVerify(own.certificate().getPublicKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        Json header = json(parts[0]);
        Json claims = json(parts[1]);
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(header.text("alg")).contains(elliptic ? "ES256" : "RS256");
        assertThat(header.text("x5t#S256"))
                .contains(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(der)));
        assertThat(claims.text("iss")).contains("posthorn-test");
        assertThat(claims.text("sub")).contains("posthorn-test");
        assertThat(claims.text("aud")).contains(server.address("/token"));
        assertThat(claims.number("exp"))
                .hasValue(Acquisitions.NOW.plusSeconds(300).getEpochSecond());
        assertThat(form)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        assertThat(acquisitions.logText()).contains("client_assertion=••••••").doesNotContain(parts[2]);
    }

    private static Json json(String part) {
        return Json.of(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                .orElseThrow();
    }

    @Test
    void saysWhatTheFileLacks() throws Exception {
        for (String content : new String[] {"", pem("CERTIFICATE", new byte[] {1, 2, 3}), "\u00fc"}) {
            assertThat(acquisitions.failure(settings(file(content))))
                    .isInstanceOfSatisfying(
                            Failure.TokenSettingsUnusable.class,
                            failure -> assertThat(failure.detail()).contains("key.pem", "cannot sign assertions"));
        }
        assertThat(acquisitions.failure(settings(folder.resolve("none"))))
                .isInstanceOf(Failure.TokenSettingsUnusable.class);
        assertThat(server.requests()).isEmpty();
    }
}
