package org.posthorn.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;

/** Logins that are bound to their TLS connection, as the server's end of the same connection sees it. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class ChannelBindingTest {
    private static final Pattern CHANNEL = Pattern.compile("c=([^,]*),.*");
    private static final IssuedCertificate CERTIFICATE =
            Certificates.authority().leaf("127.0.0.1").issue();

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_1_3, TLS_1_3, tls-exporter",
        "TLS_1_2, TLS_1_2, tls-server-end-point",
        // With obsolete versions among them, another TLS stack speaks.
        "TLS_1_0, TLS_1_3, tls-exporter",
        "TLS_1_0, TLS_1_2, tls-server-end-point"
    })
    void bindsToTheConnection(TlsVersion lowest, TlsVersion highest, String type) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            SSLSession session = peer.startTls(CERTIFICATE.serverContext());
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS] ready");
            String first = response(peer.hear());
            peer.say("+ " + serverFirst(first));
            String last = response(peer.hear());
            byte[] expected = bytes("p=" + type + ",,", bound(type, session));
            peer.say(Base64.getEncoder().encodeToString(expected).equals(channel(last)) ? "a1 NO same" : "a1 NO other");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(server, "SCRAM-SHA-256-PLUS", EnumSet.range(lowest, highest)));

            server.awaitScripts();
            assertThat(failure(result).serverText()).contains("a1 NO same");
        }
    }

    @Test
    void tellsThatTheServerSeesAnotherConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.startTls(CERTIFICATE.serverContext());
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256-PLUS] ready");
            peer.say("+ " + serverFirst(response(peer.hear())));
            peer.hear();
            peer.say("+ " + base64("e=channel-bindings-dont-match"));
            peer.hear();
            peer.say("a1 NO [AUTHENTICATIONFAILED] no");
            peer.ignore();
        })) {
            CheckResult result = checks.run(
                    endpoint(server, "SCRAM-SHA-256-PLUS", EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)));

            server.awaitScripts();
            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.LoginRejected.class,
                            rejected -> assertThat(rejected.saslError()).contains("e=channel-bindings-dont-match"));
        }
    }

    /** RFC 5802 §6: y is for a client that could and saw that the server cannot. */
    @ParameterizedTest
    @CsvSource({
        "IMPLICIT, AUTH=SCRAM-SHA-256, SCRAM-SHA-256, y",
        "IMPLICIT, AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS, SCRAM-SHA-256, n",
        "NONE, AUTH=SCRAM-SHA-256, SCRAM-SHA-256, n",
        "NONE, AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS, '', n",
        "IMPLICIT, AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS, '', p=tls-exporter"
    })
    void saysWhetherItCouldBind(TlsMode security, String offered, String mechanism, String flag) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            if (security == TlsMode.IMPLICIT) {
                peer.startTls(CERTIFICATE.serverContext());
            }
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR " + offered + "] ready");
            peer.answer("TAG NO no");
            peer.ignore();
        })) {
            checks.run(endpoint(server, mechanism, EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3))
                    .withSecurity(security));

            server.awaitScripts();
            assertThat(response(server.heard().getFirst())).startsWith(flag + ",,n=alice,");
        }
    }

    @Test
    void sendsNothingThatIsToBeBoundWithoutTls() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256-PLUS] ready");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(server, "SCRAM-SHA-256-PLUS", Set.of(TlsVersion.TLS_1_3))
                    .withSecurity(TlsMode.NONE));

            assertThat(failure(result)).isInstanceOf(Failure.MechanismUnusable.class);
            server.awaitScripts();
            assertThat(server.heard()).isEmpty();
        }
    }

    private static byte[] bound(String type, SSLSession session) throws IOException {
        try {
            return type.equals("tls-exporter")
                    ? ((ExtendedSSLSession) session)
                            .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32)
                    : MessageDigest.getInstance("SHA-256").digest(Certificates.der(CERTIFICATE.certificate()));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static String serverFirst(String clientFirst) {
        return base64(clientFirst.substring(clientFirst.indexOf("r=")) + "more,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    }

    private static String channel(String clientLast) {
        Matcher channel = CHANNEL.matcher(clientLast);
        return channel.matches() ? channel.group(1) : "";
    }

    private static String response(String line) {
        return new String(Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)), UTF_8);
    }

    private static byte[] bytes(String head, byte[] data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(UTF_8));
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private Endpoint endpoint(ScriptedServer server, String mechanism, Set<TlsVersion> versions) {
        SaslSettings sasl = Optional.of(mechanism)
                .filter(name -> !name.isEmpty())
                .map(SaslSettings::of)
                .orElse(SaslSettings.automatic());
        Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
        return endpoint.withTls(endpoint.tls().withVersions(versions))
                .withLogin(Login.password("alice", Secret.of("secret")).withSasl(sasl));
    }
}
