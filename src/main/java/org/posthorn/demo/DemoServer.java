package org.posthorn.demo;

import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.Trust;

/**
 * GreenMail on free ports of the loopback address, for IMAP, POP3 and SMTP, each in plaintext and with implicit TLS. Its
 * certificate is the one that GreenMail brings, which everybody has the key of; it is believed by its fingerprint, and on the
 * loopback address alone.
 */
public final class DemoServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long STARTUP_MILLIS = 60_000;
    private static final String USER = "demo@posthorn.example";
    private static final String PASSWORD = "no-secret-at-all";

    private final GreenMail greenMail;
    private final String fingerprint;

    private DemoServer(GreenMail greenMail, String fingerprint) {
        this.greenMail = greenMail;
        this.fingerprint = fingerprint;
    }

    /** Starts the server; returns when all of it listens. */
    public static DemoServer start() {
        GreenMail greenMail = new GreenMail(new ServerSetup[] {
            listener(ServerSetup.PROTOCOL_IMAP),
            listener(ServerSetup.PROTOCOL_IMAPS),
            listener(ServerSetup.PROTOCOL_POP3),
            listener(ServerSetup.PROTOCOL_POP3S),
            listener(ServerSetup.PROTOCOL_SMTP),
            listener(ServerSetup.PROTOCOL_SMTPS)
        });
        greenMail.start();
        try {
            greenMail.setUser(USER, USER, PASSWORD);
            return new DemoServer(greenMail, fingerprint());
        } catch (GeneralSecurityException e) {
            greenMail.stop();
            throw new IllegalStateException("the demo server's certificate cannot be read", e);
        }
    }

    private static ServerSetup listener(String protocol) {
        ServerSetup setup = new ServerSetup(0, HOST, protocol);
        // GreenMail gives up after two seconds, which a busy machine needs for loading it.
        setup.setServerStartupTimeout(STARTUP_MILLIS);
        return setup;
    }

    private static String fingerprint() throws GeneralSecurityException {
        KeyStore store = new DummySSLServerSocketFactory().getKeyStore();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return sha256(store.getCertificate(alias));
            }
        }
        throw new GeneralSecurityException("no key entry");
    }

    private static String sha256(Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    /**
     * An endpoint of this server with everything filled in.
     *
     * @throws IllegalArgumentException for a mode other than {@link TlsMode#NONE} and {@link TlsMode#IMPLICIT}: GreenMail knows
     *     no STARTTLS
     */
    public Endpoint endpoint(Protocol protocol, TlsMode security) {
        return Endpoint.of(protocol, HOST)
                .withPort(server(protocol, security).getPort())
                .withSecurity(security)
                .withTls(TlsSettings.defaults().withTrust(Trust.builtIn().withFingerprints(Set.of(fingerprint))))
                .withLogin(Login.password(USER, Secret.of(PASSWORD)));
    }

    private AbstractServer server(Protocol protocol, TlsMode security) {
        if (security != TlsMode.NONE && security != TlsMode.IMPLICIT) {
            throw new IllegalArgumentException("the demo server offers plaintext and implicit TLS, not " + security);
        }
        boolean tls = security == TlsMode.IMPLICIT;
        return switch (protocol) {
            case IMAP -> tls ? greenMail.getImaps() : greenMail.getImap();
            case POP3 -> tls ? greenMail.getPop3s() : greenMail.getPop3();
            case SMTP -> tls ? greenMail.getSmtps() : greenMail.getSmtp();
        };
    }

    /** Ends the server; returns when its threads have ended. */
    @Override
    public void close() {
        greenMail.stop();
    }
}
