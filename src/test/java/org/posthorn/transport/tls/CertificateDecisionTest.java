package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Trust;
import org.posthorn.testkit.CertificateRequest;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.timeline.CertificateProblem;

class CertificateDecisionTest {
    private static final IssuedCertificate INTERMEDIATE =
            Certificates.authority().intermediate("Test Intermediate").issue();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void letsTheHandshakePassWhenTheChainIsTrusted(String version) throws Exception {
        IssuedCertificate server = INTERMEDIATE.leaf("localhost").issue();
        CertificateDecision decision = decision("localhost");

        handshake(server.serverContext(), decision, version);

        assertThat(decision.verdict()).hasValueSatisfying(verdict -> {
            assertThat(verdict.trusted()).isTrue();
            assertThat(verdict.certificates()).hasSize(2);
            assertThat(verdict.built()).hasSize(3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void knowsTheChainOfARefusedServer(String version) throws Exception {
        IssuedCertificate server = INTERMEDIATE.leaf("other.example").issue();
        CertificateDecision decision = decision("localhost");

        assertThatThrownBy(() -> handshake(server.serverContext(), decision, version))
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertificateException.class)
                .hasRootCauseMessage("The server's certificate is not trusted.");

        assertThat(decision.verdict()).hasValueSatisfying(verdict -> {
            assertThat(verdict.trusted()).isFalse();
            assertThat(verdict.certificates()).hasSize(2);
            assertThat(verdict.problems())
                    .containsExactly(new CertificateProblem.NameMismatch(
                            "localhost", List.of("other.example"), "other.example"));
        });
    }

    /** Java's own list of disabled algorithms has MD5: that it passes shows that the decision has the last word. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void letsAPinnedCertificatePassThatJavaWouldRefuse(String version) throws Exception {
        IssuedCertificate weak = CertificateRequest.root("Old Root")
                .rsa(2048)
                .issue()
                .leaf("other.example")
                .rsa(1024)
                .signedWith("MD5withRSA")
                .issue();
        String fingerprint = CertificateReading.fingerprint(weak.certificate());
        CertificateDecision decision = decision("localhost", Trust.builtIn().withFingerprints(Set.of(fingerprint)));

        handshake(weak.serverContext(), decision, version);

        assertThat(decision.verdict()).hasValueSatisfying(verdict -> {
            assertThat(verdict.trusted()).isTrue();
            assertThat(verdict.pinned()).isTrue();
            assertThat(verdict.problems()).hasSizeGreaterThan(2);
        });
    }

    @Test
    void knowsNothingBeforeTheServerHasSentItsChain() throws Exception {
        assertThat(decision("localhost").verdict()).isEmpty();
    }

    @Test
    void judgesNoClient() throws Exception {
        CertificateDecision decision = decision("localhost");
        X509Certificate[] chain = {Certificates.authority().certificate()};

        assertThatThrownBy(() -> decision.checkClientTrusted(chain, "EC")).isInstanceOf(CertificateException.class);
    }

    private static CertificateDecision decision(String hostName) throws UnusableAuthorities {
        return decision(hostName, Trust.builtIn());
    }

    private static CertificateDecision decision(String hostName, Trust trust) throws UnusableAuthorities {
        TrustAnchors anchors = TrustAnchors.of(List.of(Certificates.authority().certificate()));
        return new CertificateDecision(new CertificateJudge(trust, anchors, Clock.systemUTC()), hostName);
    }

    /** One byte each way, so that in TLS 1.3 both sides have finished. */
    private static void handshake(SSLContext serverContext, CertificateDecision decision, String version)
            throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SSLServerSocket listener = (SSLServerSocket) serverContext
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Boolean> served = threads.submit(() -> serve(listener));
            try (SSLSocket client = client(decision, listener.getLocalPort(), version)) {
                client.startHandshake();
                client.getOutputStream().write('c');
                assertThat(client.getInputStream().read()).isEqualTo('s');
            }
            assertThat(served.get()).isTrue();
        }
    }

    private static boolean serve(SSLServerSocket listener) {
        try (SSLSocket server = (SSLSocket) listener.accept()) {
            int received = server.getInputStream().read();
            server.getOutputStream().write('s');
            return received == 'c';
        } catch (IOException _) {
            return false;
        }
    }

    private static SSLSocket client(CertificateDecision decision, int port, String version)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {decision}, null);
        SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        client.setEnabledProtocols(new String[] {version});
        return client;
    }
}
