package org.posthorn.storage.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.posthorn.account.Secret;
import org.posthorn.storage.keychain.Keychain;
import org.posthorn.storage.keychain.KeychainRefusal;
import org.posthorn.storage.secret.SecretProblem.Kind;

/** The operating system's keychain, an entry for each secret. */
public final class KeychainStore implements SecretStore {
    private final Keychain keychain;

    public KeychainStore(Keychain keychain) {
        this.keychain = keychain;
    }

    @Override
    public Recalled recall(String account) {
        Map<SecretKey, Secret> found = new HashMap<>();
        try {
            for (SecretKey key : SecretKey.all(account)) {
                keychain.find(key.name()).ifPresent(secret -> found.put(key, secret));
            }
            return new Recalled.Found(found);
        } catch (KeychainRefusal refusal) {
            return new Recalled.Unavailable(problem(refusal));
        }
    }

    /** What is new comes first: when the keychain refuses in the middle, too much is kept and nothing lost. */
    @Override
    public Kept keep(String account, Map<SecretKey, Secret> secrets, Set<SecretKey> obsolete) {
        try {
            for (Map.Entry<SecretKey, Secret> entry : secrets.entrySet()) {
                keychain.put(entry.getKey().name(), entry.getValue());
            }
            for (SecretKey key : obsolete) {
                keychain.remove(key.name());
            }
            return new Kept.Done("");
        } catch (KeychainRefusal refusal) {
            return new Kept.Refused(problem(refusal));
        }
    }

    private static SecretProblem problem(KeychainRefusal refusal) {
        Kind kind = switch (refusal.reason()) {
            case MISSING -> Kind.MISSING;
            case LOCKED -> Kind.LOCKED;
            case DENIED -> Kind.DENIED;
            case VANISHED -> Kind.VANISHED;
            case TOO_LONG -> Kind.DAMAGED;
        };
        return new SecretProblem(kind, refusal.sentence());
    }
}
