package org.posthorn.transport.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.TlsException;
import org.bouncycastle.tls.TlsFatalAlert;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.transport.revocation.Inquiry;
import org.posthorn.wire.RecordTap;

/**
 * One TLS handshake of one connection, with a context of its own: no session is resumed, so that every check sees the whole
 * chain, and no setting of the JVM is touched.
 */
public final class ClientHandshake {
    private final TlsSettings settings;
    private final String host;
    private final CertificateDecision trust;
    private final ClientAuthentication client;
    private final Inquiry inquiry;
    private final TlsStack stack;

    /**
     * For one connection, on which no issuer is asked about the certificates.
     *
     * @param host name or IP literal, in ASCII
     * @throws UnusableKey when the client certificate cannot be shown
     */
    public ClientHandshake(TlsSettings settings, String host, CertificateJudge judge) throws UnusableKey {
        this(settings, host, judge, Inquiry.none());
    }

    /**
     * For one connection.
     *
     * @param host name or IP literal, in ASCII
     * @param inquiry asks the issuers, where the settings want it
     * @throws UnusableKey when the client certificate cannot be shown
     */
    public ClientHandshake(TlsSettings settings, String host, CertificateJudge judge, Inquiry inquiry)
            throws UnusableKey {
        this.inquiry = inquiry;
        this.settings = settings;
        this.host = host;
        this.trust = new CertificateDecision(judge, host);
        Optional<ClientCertificate> shown = settings.clientCertificate();
        this.client = new ClientAuthentication(
                shown.isPresent() ? Optional.of(ClientKeyFile.read(shown.get())) : Optional.empty());
        this.stack = settings.obsoleteVersions().isEmpty()
                ? new JavaTls(settings, host, trust, client)
                : new ObsoleteTls(settings, host, trust, client);
    }

    /** The streams above TLS. */
    public record Secured(InputStream in, OutputStream out) {}

    /**
     * Handshakes over a connected socket.
     *
     * @param records the tap under it, which is told of what it cannot read
     */
    public Secured run(Socket socket, InetAddress address, int port, RecordTap records) throws IOException {
        EncryptedMessages messages = new EncryptedMessages(records);
        try {
            Secured secured = stack.handshake(socket, host.isEmpty() ? address.getHostAddress() : host, port);
            tellCertificates(messages);
            messages.finished(client.facts());
            return secured;
        } catch (IOException e) {
            tellCertificates(messages);
            messages.ended(e);
            throw e;
        }
    }

    /** When it has ended: only then it is known whether the server had asked for a certificate before it showed its own. */
    private void tellCertificates(EncryptedMessages messages) {
        trust.verdict()
                .ifPresent(seen -> messages.certificates(
                        seen.certificates(), client.facts().isPresent()));
    }

    /** Puts the alert into the log that an exception of the TLS stack names, where no tap could read it. */
    public static void tellAlert(IOException e, RecordTap records) {
        new EncryptedMessages(records).ended(e);
    }

    /**
     * Asks the issuers about the certificates, where the settings want it and the server has not sent their answers: once the
     * handshake is done, and before anything else is said.
     *
     * @throws FailureException when one was taken back, or when nobody can tell and the settings insist
     */
    public void askIssuers() throws FailureException {
        RevocationPolicy policy = settings.revocation();
        Optional<Verdict> seen = trust.verdict();
        if (policy == RevocationPolicy.STAPLED || seen.isEmpty()) {
            return;
        }
        trust.know(inquiry.ask(seen.get().open()), policy);
        Verdict found = trust.verdict().orElseThrow();
        if (!found.trusted()) {
            throw new FailureException(new Failure.CertificateRejected(found.problems()));
        }
    }

    /** What should stand in the log before the handshake, because it is dangerous. */
    public Optional<String> warning() {
        return Optional.of(settings.obsoleteVersions())
                .filter(versions -> !versions.isEmpty())
                .map(versions -> "warning: obsolete TLS "
                        + versions.stream().sorted().map(TlsVersion::number).collect(Collectors.joining(", "))
                        + " is offered, because the settings of this connection ask for it (RFC 8996)");
    }

    /** What a login can be bound to; absent before the handshake, and where there is nothing. */
    public Optional<ChannelBinding> channelBinding() {
        return stack.channelBinding();
    }

    /**
     * What is known so far; complete after the handshake, whatever its end.
     *
     * @param records the tap under it
     */
    public TlsFacts facts(RecordTap records) {
        Optional<Verdict> verdict = trust.verdict();
        return new TlsFacts(
                settings.versions().stream()
                        .sorted()
                        .map(TlsVersion::standardName)
                        .toList(),
                stack.offered(),
                host,
                stack.agreed().map(TlsStack.Agreed::version),
                stack.agreed().map(TlsStack.Agreed::cipher),
                verdict.map(Verdict::certificates).orElse(List.of()),
                verdict.map(Verdict::built).orElse(List.of()),
                verdict.map(Verdict::problems).orElse(List.of()),
                verdict.map(Verdict::pinned).orElse(false),
                verdict.map(Verdict::revocations).orElse(List.of()),
                verdict.map(Verdict::stapleMissing).orElse(false),
                new HelloFacts(
                        records.offeredCipherSuites(),
                        records.offeredGroups(),
                        records.group(),
                        records.chosenVersion()),
                client.facts());
    }

    /** Why the handshake ended without a session. */
    public Failure failure(IOException e, RecordTap records) {
        Optional<Verdict> verdict = trust.verdict();
        if (verdict.isPresent() && !verdict.get().trusted()) {
            return new Failure.CertificateRejected(verdict.get().problems());
        }
        Optional<String> received = records.alertReceived();
        Optional<String> alert = received.or(() -> alertIn(e));
        String message = e.getMessage();
        String detail = message == null ? "the server closed the connection during the handshake" : message;
        // A server that goes away at the ClientHello has refused it; one that had answered it was lost.
        return alert.isEmpty() && records.serverHelloSeen() && isLoss(e) && !askedInVain()
                ? new Failure.ConnectionLost(Phase.TLS, detail)
                : new Failure.HandshakeFailed(detail, alert, received.isEmpty() && isOwnAlert(e));
    }

    /** A server that got no client certificate may go away without an alert that still arrives. */
    private boolean askedInVain() {
        return client.facts().filter(asked -> asked.shown().isEmpty()).isPresent();
    }

    /**
     * JSSE hands on a reset as it is or inside an exception of its own, and an end of stream always inside one; BouncyCastle
     * hands on both as they are.
     */
    private static boolean isLoss(IOException e) {
        return switch (e) {
            case SSLException tls ->
                tls.getCause() instanceof EOFException || tls.getCause() instanceof SocketException;
            case EOFException _ -> true;
            case TlsException _ -> false;
            default -> true;
        };
    }

    /**
     * The alert named in an exception of the TLS stack: after ServerHello, TLS 1.3 encrypts alerts and no tap sees them. Of its
     * own the second stack alone tells what a server could be told by.
     */
    public static Optional<String> alertIn(IOException e) {
        return AlertReading.received(e).or(() -> e instanceof TlsFatalAlert ? AlertReading.sent(e) : Optional.empty());
    }

    /** Whether the alert of {@link #alertIn} went to the server. */
    public static boolean isOwnAlert(IOException e) {
        return AlertReading.received(e).isEmpty() && alertIn(e).isPresent();
    }
}
