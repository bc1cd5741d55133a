package org.posthorn.storage.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.account.Secret;

/** A keychain in memory that refuses when told to. */
public final class ScriptedKeychain implements SecretStore {
    private final Map<SecretKey, Secret> held = new HashMap<>();
    private Optional<SecretProblem> problem = Optional.empty();

    public void refuse(SecretProblem.Kind kind) {
        problem = Optional.of(new SecretProblem(kind, "The keychain is " + kind + "."));
    }

    public void answer() {
        problem = Optional.empty();
    }

    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        held.keySet().forEach(key -> names.add(key.name()));
        return names;
    }

    @Override
    public Recalled recall(String account) {
        Map<SecretKey, Secret> own = new HashMap<>(held);
        own.keySet().removeIf(key -> !key.account().equals(account));
        return problem.<Recalled>map(Recalled.Unavailable::new).orElseGet(() -> new Recalled.Found(own));
    }

    @Override
    public Kept keep(String account, Map<SecretKey, Secret> secrets, Set<SecretKey> obsolete) {
        if (problem.isEmpty()) {
            held.keySet().removeAll(obsolete);
            held.putAll(secrets);
        }
        return problem.<Kept>map(Kept.Refused::new).orElseGet(() -> new Kept.Done(""));
    }
}
