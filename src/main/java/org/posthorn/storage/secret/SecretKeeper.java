package org.posthorn.storage.secret;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.storage.SavedAccount;

/**
 * Keeps each account's secrets where the account says. What was kept in the other place is still found: a keychain that
 * appears later hides no vault, and one that goes away no keychain.
 */
public final class SecretKeeper {
    private final SecretStore keychain;
    private final Vault vault;

    public SecretKeeper(SecretStore keychain, Vault vault) {
        this.keychain = keychain;
        this.vault = vault;
    }

    public Vault vault() {
        return vault;
    }

    /** Whether a keychain answers now; it is asked for nothing that it holds. */
    public boolean hasKeychain() {
        return keychain.recall("") instanceof Recalled.Found;
    }

    /** The secrets of an account, none where it keeps none. */
    public Recalled recall(SavedAccount account) {
        return switch (account.keeping()) {
            case NONE -> new Recalled.Found(Map.of());
            case VAULT -> recall(account.id(), vault, keychain);
            case KEYCHAIN ->
                vault.state() == Vault.State.OPEN
                        ? recall(account.id(), keychain, vault)
                        : keychain.recall(account.id());
        };
    }

    /**
     * Keeps the secrets of an account as it stands, and where it kept them elsewhere before, removes them there.
     *
     * @param before where they were kept
     * @param known whether what is kept could be recalled; if not, nothing that the account lacks is removed
     */
    public Kept keep(SavedAccount account, SecretKeeping before, boolean known) {
        Map<SecretKey, Secret> secrets = EndpointSecrets.of(account.id(), account.account());
        Set<SecretKey> others = new HashSet<>(SecretKey.all(account.id()));
        others.removeAll(secrets.keySet());
        Kept kept = account.keeping() == SecretKeeping.NONE
                ? new Kept.Done("")
                : store(account.keeping()).keep(account.id(), secrets, known ? others : Set.of());
        boolean moved = before != account.keeping() && before != SecretKeeping.NONE;
        return moved && kept instanceof Kept.Done ? leave(account.id(), before, known) : kept;
    }

    /**
     * Keeps a refresh token that an authorization server gave in place of another, for every endpoint of the account that
     * has this token provider; nothing else that is kept changes.
     *
     * @param account as it is saved
     */
    public Kept renew(SavedAccount account, Login.TokenProvider used, Secret next) {
        Map<SecretKey, Secret> renewed = account.account().endpoints().stream()
                .filter(endpoint -> endpoint.login().isLike(used))
                .collect(Collectors.toMap(
                        endpoint -> new SecretKey(account.id(), endpoint.protocol(), SecretField.REFRESH_TOKEN),
                        _ -> next));
        return account.keeping() == SecretKeeping.NONE || renewed.isEmpty()
                ? new Kept.Done("")
                : store(account.keeping()).keep(account.id(), renewed, Set.of());
    }

    /** Removes what is kept of an account that is no more. */
    public Kept forget(SavedAccount account) {
        return account.keeping() == SecretKeeping.NONE
                ? new Kept.Done("")
                : store(account.keeping()).keep(account.id(), Map.of(), Set.copyOf(SecretKey.all(account.id())));
    }

    private Kept leave(String account, SecretKeeping place, boolean known) {
        String where = place == SecretKeeping.VAULT ? "the vault" : "the keychain";
        if (!known) {
            return new Kept.Done("What " + where + " held of this account could not be looked at and is still there.");
        }
        Kept left = store(place).keep(account, Map.of(), Set.copyOf(SecretKey.all(account)));
        return left instanceof Kept.Refused(SecretProblem problem)
                ? new Kept.Done("What " + where + " held of this account is still there: " + problem.sentence())
                : left;
    }

    private static Recalled recall(String account, SecretStore first, SecretStore second) {
        Recalled recalled = first.recall(account);
        boolean some = recalled instanceof Recalled.Found(Map<SecretKey, Secret> secrets) && !secrets.isEmpty();
        if (!some
                && second.recall(account) instanceof Recalled.Found(Map<SecretKey, Secret> elsewhere)
                && !elsewhere.isEmpty()) {
            return new Recalled.Found(elsewhere);
        }
        return recalled;
    }

    private SecretStore store(SecretKeeping keeping) {
        return keeping == SecretKeeping.VAULT ? vault : keychain;
    }
}
