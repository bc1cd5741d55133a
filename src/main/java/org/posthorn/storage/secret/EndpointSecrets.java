package org.posthorn.storage.secret;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Account;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TokenSettings;

/** Where the secrets of an account stand in its settings. */
public final class EndpointSecrets {
    private final String account;
    private final Endpoint endpoint;

    private EndpointSecrets(String account, Endpoint endpoint) {
        this.account = account;
        this.endpoint = endpoint;
    }

    /** Every secret of an account that is not empty. */
    public static Map<SecretKey, Secret> of(String id, Account account) {
        Map<SecretKey, Secret> all = new HashMap<>();
        account.endpoints().forEach(endpoint -> new EndpointSecrets(id, endpoint).collect(all));
        return all;
    }

    /** The endpoint with those of some secrets that are its own, in place of the ones it has. */
    public static Endpoint fill(String id, Endpoint endpoint, Map<SecretKey, Secret> secrets) {
        return new EndpointSecrets(id, endpoint).filled(secrets);
    }

    /** The account with those of some secrets that are its own. */
    public static Account fill(String id, Account account, Map<SecretKey, Secret> secrets) {
        List<Endpoint> filled = new ArrayList<>();
        account.endpoints().forEach(endpoint -> filled.add(fill(id, endpoint, secrets)));
        return new Account(account.name(), filled);
    }

    private void collect(Map<SecretKey, Secret> all) {
        switch (endpoint.login()) {
            case Login.None _, Login.CurrentUser _ -> {}
            case Login.Password login -> add(all, SecretField.PASSWORD, login.password());
            case Login.AccessToken login -> add(all, SecretField.ACCESS_TOKEN, login.token());
            case Login.TokenProvider login -> collect(login.settings(), all);
        }
        endpoint.tls().clientCertificate().ifPresent(shown -> add(all, SecretField.KEY_PASSPHRASE, shown.passphrase()));
        endpoint.proxy()
                .flatMap(ProxySettings::login)
                .ifPresent(login -> add(all, SecretField.PROXY_PASSWORD, login.password()));
    }

    private void collect(TokenSettings settings, Map<SecretKey, Secret> all) {
        add(all, SecretField.CLIENT_SECRET, settings.client().secret());
        add(all, SecretField.REFRESH_TOKEN, settings.refreshToken());
    }

    private void add(Map<SecretKey, Secret> all, SecretField field, Secret secret) {
        if (!secret.isEmpty()) {
            all.put(key(field), secret);
        }
    }

    private Endpoint filled(Map<SecretKey, Secret> secrets) {
        Login login = switch (endpoint.login()) {
            case Login.None none -> none;
            case Login.CurrentUser user -> user;
            case Login.Password password ->
                of(secrets, SecretField.PASSWORD).map(password::withPassword).orElse(password);
            case Login.AccessToken token ->
                of(secrets, SecretField.ACCESS_TOKEN).map(token::withToken).orElse(token);
            case Login.TokenProvider provider -> provider.withSettings(filled(provider.settings(), secrets));
        };
        return endpoint.withLogin(login)
                .withTls(of(secrets, SecretField.KEY_PASSPHRASE)
                        .map(passphrase -> withPassphrase(endpoint.tls(), passphrase))
                        .orElse(endpoint.tls()))
                .withProxy(endpoint.proxy()
                        .map(proxy -> of(secrets, SecretField.PROXY_PASSWORD)
                                .map(password -> withPassword(proxy, password))
                                .orElse(proxy)));
    }

    private TokenSettings filled(TokenSettings settings, Map<SecretKey, Secret> secrets) {
        TokenSettings filled = of(secrets, SecretField.CLIENT_SECRET)
                .map(secret -> settings.withClient(settings.client().withSecret(secret)))
                .orElse(settings);
        return of(secrets, SecretField.REFRESH_TOKEN)
                .map(filled::withRefreshToken)
                .orElse(filled);
    }

    private static TlsSettings withPassphrase(TlsSettings tls, Secret passphrase) {
        return tls.withClientCertificate(
                tls.clientCertificate().map(shown -> new ClientCertificate(shown.file(), passphrase)));
    }

    private static ProxySettings withPassword(ProxySettings proxy, Secret password) {
        return proxy.withLogin(proxy.login().map(login -> new ProxySettings.Credentials(login.user(), password)));
    }

    private Optional<Secret> of(Map<SecretKey, Secret> secrets, SecretField field) {
        return Optional.ofNullable(secrets.get(key(field)));
    }

    private SecretKey key(SecretField field) {
        return new SecretKey(account, endpoint.protocol(), field);
    }
}
