package org.posthorn.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsDHGroupVerifier;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsDHGroupVerifier;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.HostNames;
import org.posthorn.account.TlsSettings;
import org.posthorn.wire.CipherSuiteNames;
import org.posthorn.wire.GroupNames;

/** What this client says in a handshake with an old server. */
final class ObsoleteTlsClient extends DefaultTlsClient {
    /** What servers of that time use; the library refuses less than 2048. */
    private static final int SHORTEST_PRIME = 1024;

    /** With the suites of the time at the end: some servers know no AES. */
    private static final int[] SUITES = {
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_AES_256_GCM_SHA384,
        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA
    };

    /** Of these a person may choose. */
    private static final int[] GROUPS = {
        NamedGroup.x25519,
        NamedGroup.secp256r1,
        NamedGroup.secp384r1,
        NamedGroup.secp521r1,
        NamedGroup.x448,
        NamedGroup.ffdhe2048,
        NamedGroup.ffdhe3072,
        NamedGroup.ffdhe4096
    };

    private static final int STATUS_HEAD = 4;

    private final List<byte[]> stapled = new ArrayList<>();
    private final ProtocolVersion[] versions;
    private final TlsSettings settings;
    private final String host;
    private final CertificateDecision trust;
    private final ClientAuthentication client;
    private Optional<SecurityParameters> agreed = Optional.empty();
    private Optional<X509Certificate> shown = Optional.empty();
    private Optional<ChannelBinding> exported = Optional.empty();

    ObsoleteTlsClient(
            TlsCrypto crypto,
            ProtocolVersion[] versions,
            TlsSettings settings,
            String host,
            CertificateDecision trust,
            ClientAuthentication client) {
        super(crypto);
        this.versions = versions.clone();
        this.settings = settings;
        this.host = host;
        this.trust = trust;
        this.client = client;
    }

    ProtocolVersion[] versions() {
        return versions.clone();
    }

    Optional<SecurityParameters> agreed() {
        return agreed;
    }

    Optional<ChannelBinding> channelBinding() {
        return exported.or(() -> agreed.flatMap(_ -> shown).flatMap(ChannelBinding::endPoint));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), suites());
    }

    private int[] suites() {
        List<String> chosen = settings.cipherSuites();
        return chosen.isEmpty()
                ? SUITES.clone()
                : Arrays.stream(SUITES)
                        .filter(suite -> chosen.contains(CipherSuiteNames.name(suite)))
                        .toArray();
    }

    /** In the person's order where there is one. */
    @Override
    @SuppressWarnings("rawtypes") // as the library declares it
    protected Vector getSupportedGroups(Vector roles) {
        if (settings.groups().isEmpty()) {
            return super.getSupportedGroups(roles);
        }
        Vector<Integer> chosen = new Vector<>();
        for (String name : settings.groups()) {
            Arrays.stream(GROUPS)
                    .filter(group -> GroupNames.name(group).equals(name))
                    .forEach(chosen::add);
        }
        return chosen;
    }

    /** What this stack can offer. */
    static TlsStack.Offer offer() {
        return new TlsStack.Offer(
                Arrays.stream(SUITES).mapToObj(CipherSuiteNames::name).toList(),
                Arrays.stream(GROUPS).mapToObj(GroupNames::name).toList());
    }

    @Override
    public TlsDHGroupVerifier getDHGroupVerifier() {
        return new DefaultTlsDHGroupVerifier(SHORTEST_PRIME);
    }

    @Override
    protected @Nullable Vector<ServerName> getSNIServerNames() {
        if (HostNames.isIpLiteral(host)) {
            return null;
        }
        return new Vector<>(List.of(new ServerName(NameType.host_name, host.getBytes(StandardCharsets.US_ASCII))));
    }

    /** Old servers know no RFC 5746, which harms a client only that renegotiates: this one never does. */
    @Override
    public void notifySecureRenegotiation(boolean secure) {}

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificates) throws IOException {
                decide(certificates);
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                client.requested(issuers(request), Optional.empty());
                return null;
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        agreed = Optional.of(context.getSecurityParametersConnection());
        if (TlsUtils.isTLSv13(context)) {
            exported = Optional.of(ChannelBinding.exporter(context::exportKeyingMaterial));
        }
    }

    private static List<String> issuers(CertificateRequest request) throws IOException {
        List<String> names = new ArrayList<>();
        Vector<?> authorities = request.getCertificateAuthorities();
        if (authorities != null) {
            for (Object name : authorities) {
                names.add(new X500Principal(((X500Name) name).getEncoded()).getName());
            }
        }
        return names;
    }

    private void decide(TlsServerCertificate certificates) throws IOException {
        try {
            X509Certificate[] chain = chain(certificates);
            shown = Arrays.stream(chain).findFirst();
            trust.decide(chain, stapled(certificates));
        } catch (CertificateException e) {
            throw new TlsFatalAlert(AlertDescription.certificate_unknown, e);
        }
    }

    /** Takes in the message that carries a stapled answer before TLS 1.3. */
    void stapled(byte[] status) {
        answer(status).ifPresent(stapled::add);
    }

    /** Before TLS 1.3 one answer may have come in a message of its own, since then one stands beside each certificate. */
    private List<byte[]> stapled(TlsServerCertificate certificates) throws IOException {
        List<byte[]> answers = new ArrayList<>(stapled);
        for (CertificateEntry entry : certificates.getCertificate().getCertificateEntryList()) {
            byte[] extension = TlsUtils.getExtensionData(entry.getExtensions(), TlsExtensionsUtils.EXT_status_request);
            if (extension != null) {
                answer(extension).ifPresent(answers::add);
            }
        }
        return answers;
    }

    /** A CertificateStatus (RFC 6066 §8): its type, and of an OCSP answer the length in three bytes and the answer. */
    private static Optional<byte[]> answer(byte[] status) {
        boolean ocsp = status.length >= STATUS_HEAD && status[0] == CertificateStatusType.ocsp;
        return ocsp ? Optional.of(Arrays.copyOfRange(status, STATUS_HEAD, status.length)) : Optional.empty();
    }

    private static X509Certificate[] chain(TlsServerCertificate certificates) throws IOException, CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        TlsCertificate[] list = certificates.getCertificate().getCertificateList();
        X509Certificate[] chain = new X509Certificate[list.length];
        for (int link = 0; link < chain.length; link++) {
            var der = new ByteArrayInputStream(list[link].getEncoded());
            chain[link] = (X509Certificate) factory.generateCertificate(der);
        }
        return chain;
    }
}
