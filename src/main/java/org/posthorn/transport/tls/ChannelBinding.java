package org.posthorn.transport.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What names a TLS connection to both of its ends (RFC 5056), so that a login on it can not be carried over to another.
 */
public final class ChannelBinding {
    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTER_BYTES = 32;

    private final String type;
    private final byte[] data;

    public ChannelBinding(String type, byte[] data) {
        this.type = type;
        this.data = data.clone();
    }

    /** The registered name. */
    public String type() {
        return type;
    }

    public byte[] data() {
        return data.clone();
    }

    /**
     * The one for a session: {@code tls-exporter} (RFC 9266) in TLS 1.3, else {@code tls-server-end-point} (RFC 5929 §4);
     * absent where the certificate's signature names no digest. The older tls-unique is not to be had from Java.
     */
    static Optional<ChannelBinding> of(SSLSession session) {
        return exporter(session).or(() -> endPoint(session));
    }

    static Optional<ChannelBinding> exporter(SSLSession session) {
        if (!session.getProtocol().equals("TLSv1.3") || !(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            byte[] data = extended.exportKeyingMaterialData(EXPORTER_LABEL, new byte[0], EXPORTER_BYTES);
            return Optional.of(new ChannelBinding("tls-exporter", data));
        } catch (SSLKeyException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /** The exporter of a TLS stack (RFC 8446 §7.5). */
    interface Exporter {
        byte[] export(String label, byte[] context, int length);
    }

    static ChannelBinding exporter(Exporter tls) {
        return new ChannelBinding("tls-exporter", tls.export(EXPORTER_LABEL, new byte[0], EXPORTER_BYTES));
    }

    static Optional<ChannelBinding> endPoint(X509Certificate certificate) {
        return CertificateDigest.of(certificate).map(data -> new ChannelBinding("tls-server-end-point", data));
    }

    static Optional<ChannelBinding> endPoint(SSLSession session) {
        try {
            Certificate leaf = session.getPeerCertificates()[0];
            return leaf instanceof X509Certificate certificate ? endPoint(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }
}
