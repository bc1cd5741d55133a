package org.posthorn.transport.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.posthorn.timeline.TlsFacts;

/**
 * The client's side of a CertificateRequest, for one connection: notes what the server accepts, and shows the certificate
 * that was chosen, also to a server whose list of issuers leaves its issuer out: whether it takes it is what is tested.
 */
final class ClientAuthentication extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final Optional<ClientKey> key;
    private final AtomicReference<Optional<TlsFacts.ClientAuthentication>> request =
            new AtomicReference<>(Optional.empty());

    ClientAuthentication(Optional<ClientKey> key) {
        this.key = key;
    }

    /** What was asked for and shown; absent as long as the server has not asked. */
    Optional<TlsFacts.ClientAuthentication> facts() {
        return request.get();
    }

    /** The server has asked. */
    void requested(List<String> issuers, Optional<String> shown) {
        request.set(Optional.of(new TlsFacts.ClientAuthentication(issuers, shown)));
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Optional<ClientKey> usable = key.filter(
                chosen -> Arrays.asList(keyTypes).contains(chosen.key().getAlgorithm()));
        requested(names(issuers), usable.map(ClientKey::subject));
        return usable.isPresent() ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClientAlias(keyTypes, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return key.map(chosen -> chosen.chain().toArray(X509Certificate[]::new)).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return key.map(ClientKey::key).orElse(null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private static List<String> names(Principal @Nullable [] issuers) {
        return issuers == null
                ? List.of()
                : Arrays.stream(issuers)
                        .map(each -> each instanceof X500Principal name ? name.getName() : each.getName())
                        .toList();
    }
}
