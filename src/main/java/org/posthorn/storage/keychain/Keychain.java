package org.posthorn.storage.keychain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Secret;

/**
 * A place for secrets that the operating system guards. A call may wait for a person whom the system asks, and holds up its
 * thread until then.
 */
public interface Keychain {
    /** How every entry of Posthorn is named to the system. */
    String SERVICE = "Posthorn";

    /** The secret of that name; empty when there is none. */
    Optional<Secret> find(String name) throws KeychainRefusal;

    /** Keeps a secret, in place of an earlier one of that name. */
    void put(String name, Secret secret) throws KeychainRefusal;

    /** Removes the secret of that name; no effect when there is none. */
    void remove(String name) throws KeychainRefusal;

    /**
     * The keychain of an operating system. Nothing is loaded before it is first used.
     *
     * @param system the value of {@code os.name}
     * @param environment the environment variables
     */
    static Keychain of(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return new WindowsKeychain();
        }
        return name.startsWith("mac") ? new MacKeychain() : new LibsecretKeychain(environment);
    }
}
