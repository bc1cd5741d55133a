package org.posthorn.transport.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.posthorn.account.HostNames;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;

/** The TLS that Java comes with, for the versions of today. Each handshake has a context of its own. */
final class JavaTls implements TlsStack {
    private final TlsSettings settings;
    private final String host;
    private final CertificateDecision trust;
    private List<String> offered;
    private final ClientAuthentication client;
    private Optional<SSLSession> session = Optional.empty();

    JavaTls(TlsSettings settings, String host, CertificateDecision trust, ClientAuthentication client) {
        this.settings = settings;
        this.host = host;
        this.trust = trust;
        this.client = client;
        this.offered = names(settings.versions());
    }

    /** The versions that are not switched off in this Java, be it by its {@code jdk.tls.disabledAlgorithms}, in its names. */
    static List<String> usable() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        return List.of(context.createSSLEngine().getEnabledProtocols());
    }

    /** What this Java can offer, by registered names. */
    static Offer offer() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLParameters all = context.getSupportedSSLParameters();
        return new Offer(List.of(all.getCipherSuites()), List.of(all.getNamedGroups()));
    }

    @Override
    public ClientHandshake.Secured handshake(Socket socket, String peer, int port) throws IOException {
        var tls = (SSLSocket) context().getSocketFactory().createSocket(socket, peer, port, false);
        tls.setSSLParameters(parameters(tls));
        offered = Arrays.stream(tls.getEnabledProtocols()).sorted().toList();
        tls.startHandshake();
        session = Optional.of(tls.getSession());
        return new ClientHandshake.Secured(tls.getInputStream(), tls.getOutputStream());
    }

    @Override
    public List<String> offered() {
        return offered;
    }

    @Override
    public Optional<Agreed> agreed() {
        return session.map(done -> new Agreed(done.getProtocol(), done.getCipherSuite()));
    }

    @Override
    public Optional<ChannelBinding> channelBinding() {
        return session.flatMap(ChannelBinding::of);
    }

    private static List<String> names(Set<TlsVersion> versions) {
        return versions.stream().sorted().map(TlsVersion::standardName).toList();
    }

    private SSLContext context() throws SSLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {client}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException(e);
        }
    }

    private SSLParameters parameters(SSLSocket tls) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(names(settings.versions()).toArray(String[]::new));
        if (!settings.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(settings.cipherSuites().toArray(String[]::new));
        }
        if (!settings.groups().isEmpty()) {
            parameters.setNamedGroups(settings.groups().toArray(String[]::new));
        }
        if (!HostNames.isIpLiteral(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }
}
