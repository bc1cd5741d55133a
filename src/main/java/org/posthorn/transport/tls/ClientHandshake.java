package org.posthorn.transport.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.posthorn.account.HostNames;
import org.posthorn.account.TlsVersion;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.wire.RecordTap;

/**
 * One TLS handshake of one connection, with a context of its own: no session is resumed, so that every check sees the whole
 * chain, and no setting of the JVM is touched.
 */
public final class ClientHandshake {
    private static final Pattern ALERT = Pattern.compile("(?:\\(|fatal alert: )([a-z_]+)\\)?");

    private final Set<TlsVersion> versions;
    private final String host;
    private final CertificateDecision trust;
    private Optional<SSLSession> session = Optional.empty();

    /**
     * For one connection.
     *
     * @param host name or IP literal, in ASCII
     */
    public ClientHandshake(Set<TlsVersion> versions, String host, CertificateJudge judge) {
        this.versions = versions;
        this.host = host;
        this.trust = new CertificateDecision(judge, host);
    }

    /** The streams above TLS. */
    public record Secured(InputStream in, OutputStream out) {}

    /** Handshakes over a connected socket. */
    public Secured run(Socket socket, InetAddress address, int port) throws IOException {
        String peer = host.isEmpty() ? address.getHostAddress() : host;
        var tls = (SSLSocket) context().getSocketFactory().createSocket(socket, peer, port, false);
        tls.setSSLParameters(parameters(tls));
        tls.startHandshake();
        session = Optional.of(tls.getSession());
        return new Secured(tls.getInputStream(), tls.getOutputStream());
    }

    /** What a login can be bound to; absent before the handshake, and where there is nothing. */
    public Optional<ChannelBinding> channelBinding() {
        return session.flatMap(ChannelBinding::of);
    }

    /** What is known so far; complete after the handshake, whatever its end. */
    public TlsFacts facts() {
        Optional<Verdict> verdict = trust.verdict();
        return new TlsFacts(
                offered(),
                host,
                session.map(SSLSession::getProtocol),
                session.map(SSLSession::getCipherSuite),
                verdict.map(Verdict::certificates).orElse(List.of()),
                verdict.map(Verdict::built).orElse(List.of()),
                verdict.map(Verdict::problems).orElse(List.of()),
                verdict.map(Verdict::pinned).orElse(false));
    }

    /** Why the handshake ended without a session. */
    public Failure failure(IOException e, RecordTap records) {
        Optional<Verdict> verdict = trust.verdict();
        if (verdict.isPresent() && !verdict.get().trusted()) {
            return new Failure.CertificateRejected(verdict.get().problems());
        }
        Optional<String> alert =
                records.alertReceived().or(() -> e instanceof SSLException tls ? alertIn(tls) : Optional.empty());
        String message = e.getMessage();
        String detail = message == null ? "the server closed the connection during the handshake" : message;
        // A server that goes away at the ClientHello has refused it; one that had answered it was lost.
        return alert.isEmpty() && records.serverHelloSeen() && isLoss(e)
                ? new Failure.ConnectionLost(Phase.TLS, detail)
                : new Failure.HandshakeFailed(detail, alert);
    }

    /** JSSE hands on a reset as it is or inside an exception of its own, and an end of stream always inside one. */
    private static boolean isLoss(IOException e) {
        return !(e instanceof SSLException)
                || e.getCause() instanceof EOFException
                || e.getCause() instanceof SocketException;
    }

    /** The alert named in an exception of the TLS stack: after ServerHello, TLS 1.3 encrypts alerts and no tap sees them. */
    public static Optional<String> alertIn(SSLException e) {
        Matcher alert = ALERT.matcher(String.valueOf(e.getMessage()));
        return alert.find() && String.valueOf(e.getMessage()).contains("alert")
                ? Optional.of(alert.group(1))
                : Optional.empty();
    }

    private List<String> offered() {
        return versions.stream().sorted().map(TlsVersion::standardName).toList();
    }

    private SSLContext context() throws SSLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException(e);
        }
    }

    private SSLParameters parameters(SSLSocket tls) throws SSLException {
        SSLParameters parameters = tls.getSSLParameters();
        requireSupported(tls);
        parameters.setProtocols(offered().toArray(String[]::new));
        if (!HostNames.isIpLiteral(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }

    private void requireSupported(SSLSocket tls) throws SSLException {
        List<String> enabled = Arrays.asList(tls.getEnabledProtocols());
        for (String version : offered()) {
            if (!enabled.contains(version)) {
                throw new SSLException(version + " cannot be offered: it is switched off in this Java");
            }
        }
    }
}
