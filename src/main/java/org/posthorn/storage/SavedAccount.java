package org.posthorn.storage;

import java.util.Optional;
import java.util.UUID;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;

/**
 * An account in the file.
 *
 * @param id stays the same for the account's whole life, whatever its name
 * @param folder the heading under which it is listed
 * @param keeping where its secrets are kept, which is never this file
 */
public record SavedAccount(String id, Optional<String> folder, SecretKeeping keeping, Account account) {

    /** An account that keeps no secrets. */
    public SavedAccount(String id, Optional<String> folder, Account account) {
        this(id, folder, SecretKeeping.NONE, account);
    }

    /** An account that no file holds yet. */
    public static SavedAccount create(Optional<String> folder, Account account) {
        return new SavedAccount(UUID.randomUUID().toString(), folder, account);
    }

    public SavedAccount withKeeping(SecretKeeping chosen) {
        return new SavedAccount(id, folder, chosen, account);
    }

    public SavedAccount withAccount(Account changed) {
        return new SavedAccount(id, folder, keeping, changed);
    }

    public String name() {
        return account.name();
    }

    /** The account as a file may hold it. */
    public SavedAccount withoutSecrets() {
        return withAccount(new Account(
                account.name(),
                account.endpoints().stream().map(SavedAccount::withoutSecrets).toList()));
    }

    private static Endpoint withoutSecrets(Endpoint endpoint) {
        Endpoint bare = endpoint.withProxy(endpoint.proxy().map(SavedAccount::withoutSecret));
        return bare.withLogin(bare.login().withoutSecrets()).withTls(bare.tls().withoutSecrets());
    }

    private static ProxySettings withoutSecret(ProxySettings proxy) {
        return proxy.withLogin(proxy.login().map(login -> new ProxySettings.Credentials(login.user(), Secret.of(""))));
    }
}
