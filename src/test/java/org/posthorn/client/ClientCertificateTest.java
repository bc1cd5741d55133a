package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

/** Servers that ask who the client is, and the files in which its answer lies. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class ClientCertificateTest {
    private static final IssuedCertificate CLIENTS = Certificates.authority("Clients");
    private static final IssuedCertificate ALICE =
            CLIENTS.leaf("alice").purposes(KeyPurposeId.id_kp_clientAuth).issue();
    private static final IssuedCertificate SERVER =
            Certificates.authority().leaf("127.0.0.1").issue();
    private static final String PASSPHRASE = "canary-Pa55phrase";

    @TempDir
    Path folder;

    private final Checks checks = new Checks();

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsVersion.class,
            names = {"TLS_1_2", "TLS_1_3"})
    void showsTheCertificateAndTellsWhichIssuersAreAccepted(TlsVersion version) throws Exception {
        try (ScriptedServer server = asking()) {
            CheckResult result = checks.run(with(pkcs12(), PASSPHRASE, endpoint(server, version)));

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(server.heard().getFirst()).isEqualTo("CN=alice");
            assertThat(result.timeline().latest(TlsFacts.class).flatMap(TlsFacts::clientAuthentication))
                    .contains(new TlsFacts.ClientAuthentication(List.of("CN=Clients"), Optional.of("CN=alice")));
            assertThat(checks.logText()).doesNotContain(PASSPHRASE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsVersion.class,
            names = {"TLS_1_2", "TLS_1_3"})
    void tellsWhatIsAskedForThoughThereIsNoneToShow(TlsVersion version) throws Exception {
        try (ScriptedServer server = asking()) {
            Endpoint endpoint = endpoint(server, version);

            CheckResult result = checks.run(endpoint);

            assertThat(failure(result)).isInstanceOf(Failure.HandshakeFailed.class);
            assertThat(failure(result).stage()).isEqualTo(Phase.TLS);
            assertThat(result.timeline().latest(TlsFacts.class).flatMap(TlsFacts::clientAuthentication))
                    .contains(new TlsFacts.ClientAuthentication(List.of("CN=Clients"), Optional.empty()));
            assertThat(Diagnosis.of(endpoint, result.timeline())
                            .getFirst()
                            .cause()
                            .code())
                    .isEqualTo("client-certificate-required");
        }
    }

    /** TLS 1.3 encrypts them, and a refusal comes when this side has finished. */
    @Test
    void namesTheMessagesThatNoTapCanRead() throws Exception {
        try (ScriptedServer server = asking()) {
            checks.run(endpoint(server, TlsVersion.TLS_1_3));
        }

        assertThat(encrypted())
                .containsExactly(
                        "← EncryptedExtensions",
                        "← CertificateRequest",
                        "← Certificate: CN=127.0.0.1",
                        "← CertificateVerify",
                        "← Finished",
                        "→ Certificate: none",
                        "→ Finished",
                        "← alert fatal certificate_required");
    }

    @Test
    void namesThemAlsoWithACertificateToShow() throws Exception {
        try (ScriptedServer server = asking()) {
            checks.run(with(pkcs12(), PASSPHRASE, endpoint(server, TlsVersion.TLS_1_3)));
        }

        assertThat(encrypted()).endsWith("→ Certificate: CN=alice", "→ CertificateVerify", "→ Finished");
    }

    /** What the log says of TLS without counting bytes. */
    private List<String> encrypted() {
        return checks.events().stream()
                .filter(event -> event.direction() == Direction.TLS)
                .map(WireEvent::text)
                .filter(line -> !line.contains(" bytes)") && !line.endsWith("change_cipher_spec"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS8", "ENCRYPTED", "TRADITIONAL_EC", "TRADITIONAL_RSA"})
    void readsEveryFormOfPem(String form) throws Exception {
        IssuedCertificate client = form.endsWith("RSA")
                ? CLIENTS.leaf("alice")
                        .rsa(2048)
                        .purposes(KeyPurposeId.id_kp_clientAuth)
                        .issue()
                : ALICE;
        Path file = pem(client, form);
        try (ScriptedServer server = asking()) {
            CheckResult result = checks.run(
                    with(file, form.equals("ENCRYPTED") ? PASSPHRASE : "", endpoint(server, TlsVersion.TLS_1_3)));

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(server.heard().getFirst()).isEqualTo("CN=alice");
        }
    }

    @Test
    void refusesBeforeConnectingWhatCannotBeShown() throws Exception {
        Path garbage = Files.writeString(folder.resolve("garbage.p12"), "no keys here");
        Path certificateOnly = Certificates.writePem(folder.resolve("only.pem"), ALICE.certificate());
        Path alien = Files.writeString(
                folder.resolve("alien.pem"),
                Files.readString(pem(ALICE, "PKCS8")).replaceAll("(?s)-----BEGIN CERT.*", "")
                        + Certificates.pem(SERVER.certificate()));

        assertThat(refusal(pkcs12(), "wrong"))
                .isEqualTo(
                        "Key passphrase: The passphrase does not open the key in “" + pkcs12() + "”; type it again.");
        assertThat(refusal(pkcs12(), "")).startsWith("Key passphrase: ").contains("is encrypted; type its passphrase");
        assertThat(refusal(pem(ALICE, "ENCRYPTED"), "wrong"))
                .startsWith("Key passphrase: The passphrase does not open");
        assertThat(refusal(folder.resolve("missing.p12"), ""))
                .startsWith("Client certificate: ")
                .contains("cannot be read");
        assertThat(refusal(garbage, "")).contains("is neither PKCS #12 nor PEM");
        assertThat(refusal(certificateOnly, "")).contains("holds no private key");
        assertThat(refusal(alien, "")).contains("belongs to none of its certificates");
    }

    @Test
    void logsInByTheCertificateAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.startTls(context(), true);
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=EXTERNAL] ready");
            peer.answer("* CAPABILITY IMAP4rev1", "TAG OK you are alice");
            peer.ignore();
        })) {
            Endpoint endpoint = with(pkcs12(), PASSPHRASE, endpoint(server, TlsVersion.TLS_1_3))
                    .withLogin(Login.password("alice", Secret.of("")).withSasl(SaslSettings.of("EXTERNAL")));

            assertThat(endpoint.problems()).isEmpty();
            checks.run(endpoint, new CheckOptions(true, Optional.of(Phase.LOGIN)));

            assertThat(server.heard().getFirst()).isEqualTo("a1 AUTHENTICATE EXTERNAL YWxpY2U=");
        }
    }

    private String refusal(Path file, String passphrase) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::ignore)) {
            CheckResult result = checks.run(with(file, passphrase, endpoint(server, TlsVersion.TLS_1_3)));

            Problem problem = ((Failure.TlsSettingsUnusable) failure(result)).problem();
            assertThat(server.connections()).isZero();
            assertThat(problem.field()).isIn(Field.CLIENT_CERTIFICATE, Field.KEY_PASSPHRASE);
            return problem.field().label() + ": " + problem.sentence();
        }
    }

    /** Asks for a certificate, notes whose it got, and greets. */
    private static ScriptedServer asking() throws IOException {
        SSLContext context = context();
        return ScriptedServer.of(peer -> {
            SSLSession session = peer.startTls(context, true);
            peer.note(session.getPeerPrincipal().getName());
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.answer("TAG OK noop");
            peer.answer("* BYE", "TAG OK bye");
        });
    }

    private static SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store(SERVER, "server"), "server".toCharArray());
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            authorities.setCertificateEntry("clients", CLIENTS.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store(IssuedCertificate issued, String password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "key",
                issued.keys().getPrivate(),
                password.toCharArray(),
                issued.chain().toArray(Certificate[]::new));
        return store;
    }

    private Path pkcs12() throws GeneralSecurityException, IOException {
        Path file = folder.resolve("alice.p12");
        if (!Files.exists(file)) {
            try (var out = Files.newOutputStream(file)) {
                store(ALICE, PASSPHRASE).store(out, PASSPHRASE.toCharArray());
            }
        }
        return file;
    }

    private Path pem(IssuedCertificate client, String form) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            switch (form) {
                case "PKCS8" ->
                    writer.writeObject(new JcaPKCS8Generator(client.keys().getPrivate(), null));
                case "ENCRYPTED" ->
                    writer.writeObject(new JcaPKCS8Generator(
                            client.keys().getPrivate(),
                            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                    .setProvider(new BouncyCastleProvider())
                                    .setPassword(PASSPHRASE.toCharArray())
                                    .build()));
                default -> writer.writeObject(client.keys().getPrivate());
            }
            for (X509Certificate certificate : client.chain()) {
                writer.writeObject(certificate);
            }
        }
        return Files.writeString(folder.resolve(form + ".pem"), text.toString());
    }

    private static Endpoint with(Path file, String passphrase, Endpoint endpoint) {
        return endpoint.withTls(
                endpoint.tls().withClientCertificate(Optional.of(new ClientCertificate(file, Secret.of(passphrase)))));
    }

    private static Endpoint endpoint(ScriptedServer server, TlsVersion version) {
        Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
        return endpoint.withTls(endpoint.tls().withVersions(EnumSet.of(version)));
    }
}
