package org.posthorn.testkit.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Java's own TLS with a lab server, trusting the lab's root and nobody else and asking for {@code mail.test}. */
final class TlsHandshake {

    private static final int MILLIS = 10_000;

    private TlsHandshake() {}

    /** The version that was agreed on. */
    static String version(Lab lab, LabServer server, String port) throws IOException, GeneralSecurityException {
        try (Socket plain = new Socket(server.host(), server.port(port));
                SSLSocket socket = (SSLSocket)
                        trusting(lab).getSocketFactory().createSocket(plain, "mail.test", server.port(port), true)) {
            socket.setSoTimeout(MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private static SSLContext trusting(Lab lab) throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream pem = Files.newInputStream(lab.certificate("root"))) {
            roots.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
