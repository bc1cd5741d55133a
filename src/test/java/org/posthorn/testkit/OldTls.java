package org.posthorn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** The server's side of one version of TLS and no other, also of one that Java speaks no more. Its key must be RSA. */
public final class OldTls {
    private final IssuedCertificate certificate;
    private final ProtocolVersion version;
    private final Optional<byte[]> staple;

    private OldTls(IssuedCertificate certificate, ProtocolVersion version) {
        this(certificate, version, Optional.empty());
    }

    private OldTls(IssuedCertificate certificate, ProtocolVersion version, Optional<byte[]> staple) {
        this.certificate = certificate;
        this.version = version;
        this.staple = staple;
    }

    public static OldTls version10(IssuedCertificate certificate) {
        return new OldTls(certificate, ProtocolVersion.TLSv10);
    }

    public static OldTls version11(IssuedCertificate certificate) {
        return new OldTls(certificate, ProtocolVersion.TLSv11);
    }

    /** TLS 1.2 that staples an answer of the issuer, whatever it holds. */
    public static OldTls stapling(IssuedCertificate certificate, byte[] answer) {
        return new OldTls(certificate, ProtocolVersion.TLSv12, Optional.of(answer));
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
            return new BcDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context), crypto, key, chain(), algorithm());
        }

        @Override
        public @Nullable CertificateStatus getCertificateStatus() {
            return staple.map(OldTls::status).orElse(null);
        }

        private @Nullable SignatureAndHashAlgorithm algorithm() {
            return version.equals(ProtocolVersion.TLSv12)
                    ? SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa)
                    : null;
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

    /** The library writes only what is an OCSP answer in its eyes. */
    private static CertificateStatus status(byte[] answer) {
        var refusal = new OCSPResponse(new OCSPResponseStatus(OCSPResponseStatus.TRY_LATER), null);
        return new CertificateStatus(CertificateStatusType.ocsp, refusal) {
            @Override
            public void encode(OutputStream output) throws IOException {
                TlsUtils.writeUint8(CertificateStatusType.ocsp, output);
                TlsUtils.writeOpaque24(answer, output);
            }
        };
    }
}
