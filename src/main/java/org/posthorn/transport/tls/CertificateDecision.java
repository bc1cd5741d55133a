package org.posthorn.transport.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.timeline.Revocation;

/**
 * The certificate decision of one connection: keeps what the judge found in the chain the server sent, and lets the
 * handshake pass only when it is trusted.
 *
 * <p>It compares the host name itself: the socket's endpoint identification stays unset. JSSE takes the decision of an
 * extended trust manager as it is, and adds checks of its own (which stop at the first problem) to a plain one only. A
 * resumed session shows no certificate: give each connection a context of its own.
 */
public final class CertificateDecision extends X509ExtendedTrustManager {
    private final CertificateJudge judge;
    private final String hostName;
    private final AtomicReference<Optional<Verdict>> verdict = new AtomicReference<>(Optional.empty());

    /**
     * A decision that is still open.
     *
     * @param hostName the name or IP literal that was connected to, which the certificate must carry
     */
    public CertificateDecision(CertificateJudge judge, String hostName) {
        this.judge = judge;
        this.hostName = hostName;
    }

    /** What was found; absent until the server has sent its chain. */
    public Optional<Verdict> verdict() {
        return verdict.get();
    }

    /** Takes in what was found out since about whether the certificates were taken back. */
    void know(List<Revocation> found, RevocationPolicy policy) {
        verdict.updateAndGet(seen -> seen.map(it -> it.known(found, policy)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        decide(chain, List.of());
    }

    /**
     * Decides on a chain.
     *
     * @param stapled the answers of OCSP responders that came with it
     */
    void decide(X509Certificate[] chain, List<byte[]> stapled) throws CertificateException {
        Verdict found = judge.judge(List.of(chain), hostName, stapled);
        verdict.set(Optional.of(found));
        if (!found.trusted()) {
            throw new CertificateException("The server's certificate is not trusted.");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        decide(
                chain,
                socket instanceof SSLSocket tls && tls.getHandshakeSession() instanceof ExtendedSSLSession session
                        ? session.getStatusResponses()
                        : List.of());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This side is a client and judges servers only.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
