package org.posthorn.transport.tls;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.wire.CipherSuiteNames;

/**
 * A second TLS stack, for connections that ask for an obsolete version: Java's own reads what it must not speak once, for
 * the whole process, and this one has no such switch. It offers the current versions as well where they are asked for.
 */
final class ObsoleteTls implements TlsStack {
    private final ObsoleteTlsClient side;

    ObsoleteTls(TlsSettings settings, String host, CertificateDecision trust, ClientAuthentication client) {
        ProtocolVersion[] newestFirst = settings.versions().stream()
                .sorted(Comparator.reverseOrder())
                .map(ObsoleteTls::version)
                .toArray(ProtocolVersion[]::new);
        this.side =
                new ObsoleteTlsClient(new BcTlsCrypto(new SecureRandom()), newestFirst, settings, host, trust, client);
    }

    @Override
    public ClientHandshake.Secured handshake(Socket socket, String peer, int port) throws IOException {
        Received in = new Received(socket.getInputStream());
        TlsClientProtocol protocol = new Unshaken(in, new Sent(socket.getOutputStream()), side);
        try {
            protocol.connect(side);
        } catch (TlsFatalAlert e) {
            throw in.ended ? new EOFException() : e;
        }
        return new ClientHandshake.Secured(protocol.getInputStream(), protocol.getOutputStream());
    }

    /** Hands a stapled answer on as it came: one that cannot be read says nothing, and is no reason to end a handshake. */
    private static final class Unshaken extends TlsClientProtocol {
        private final ObsoleteTlsClient side;

        Unshaken(InputStream in, OutputStream out, ObsoleteTlsClient side) {
            super(in, out);
            this.side = side;
        }

        @Override
        protected void handleHandshakeMessage(short type, HandshakeMessageInput message) throws IOException {
            if (type == HandshakeType.certificate_status && connection_state == CS_SERVER_CERTIFICATE && wasAsked()) {
                side.stapled(message.readAllBytes());
                connection_state = CS_SERVER_CERTIFICATE_STATUS;
            } else {
                super.handleHandshakeMessage(type, message);
            }
        }

        private boolean wasAsked() {
            return getContext().getSecurityParametersHandshake().getStatusRequestVersion() > 0;
        }
    }

    /** Stays open when the stack gives up, since what else has come tells who speaks; and tells an end from a bad record. */
    private static final class Received extends FilterInputStream {
        private boolean ended;

        Received(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() {
            // The connection belongs to the transport.
        }
    }

    /** Stays open as well. */
    private static final class Sent extends FilterOutputStream {
        Sent(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    @Override
    public List<String> offered() {
        return Arrays.stream(side.versions()).map(ObsoleteTls::name).sorted().toList();
    }

    @Override
    public Optional<Agreed> agreed() {
        return side.agreed()
                .map(security -> new Agreed(
                        name(security.getNegotiatedVersion()), CipherSuiteNames.name(security.getCipherSuite())));
    }

    @Override
    public Optional<ChannelBinding> channelBinding() {
        return side.channelBinding();
    }

    private static ProtocolVersion version(TlsVersion version) {
        return switch (version) {
            case TLS_1_0 -> ProtocolVersion.TLSv10;
            case TLS_1_1 -> ProtocolVersion.TLSv11;
            case TLS_1_2 -> ProtocolVersion.TLSv12;
            case TLS_1_3 -> ProtocolVersion.TLSv13;
        };
    }

    private static String name(ProtocolVersion version) {
        return Arrays.stream(TlsVersion.values())
                .filter(known -> version(known).equals(version))
                .findFirst()
                .map(TlsVersion::standardName)
                .orElse(version.getName());
    }
}
