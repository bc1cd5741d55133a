package org.posthorn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The server's side of one version of TLS and no other, also of one that Java speaks no more. Its key must be RSA. */
public final class OldTls {
    private final IssuedCertificate certificate;
    private final ProtocolVersion version;

    private OldTls(IssuedCertificate certificate, ProtocolVersion version) {
        this.certificate = certificate;
        this.version = version;
    }

    public static OldTls version10(IssuedCertificate certificate) {
        return new OldTls(certificate, ProtocolVersion.TLSv10);
    }

    public static OldTls version11(IssuedCertificate certificate) {
        return new OldTls(certificate, ProtocolVersion.TLSv11);
    }

    /** What is above TLS. */
    record Streams(InputStream in, OutputStream out) {}

    Streams over(InputStream in, OutputStream out) throws IOException {
        TlsServerProtocol protocol = new TlsServerProtocol(in, out);
        protocol.accept(new Server(new BcTlsCrypto(new SecureRandom())));
        return new Streams(protocol.getInputStream(), protocol.getOutputStream());
    }

    private final class Server extends DefaultTlsServer {
        private final BcTlsCrypto crypto;

        Server(BcTlsCrypto crypto) {
            super(crypto);
            this.crypto = crypto;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return new ProtocolVersion[] {version};
        }

        @Override
        protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
            AsymmetricKeyParameter key =
                    PrivateKeyFactory.createKey(certificate.keys().getPrivate().getEncoded());
            return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, key, chain(), null);
        }

        private Certificate chain() throws IOException {
            var chain = certificate.chain();
            TlsCertificate[] encoded = new TlsCertificate[chain.size()];
            for (int link = 0; link < encoded.length; link++) {
                encoded[link] = crypto.createCertificate(Certificates.der(chain.get(link)));
            }
            return new Certificate(encoded);
        }
    }
}
