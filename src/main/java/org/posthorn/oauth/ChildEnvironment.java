package org.posthorn.oauth;

import java.util.Map;
import org.posthorn.wire.SecretMask;

/** Keeps secrets out of the environment of programs that are started from here. */
final class ChildEnvironment {
    private ChildEnvironment() {}

    /** Removes every variable that holds a secret, whatever its name; an empty one holds none. */
    static void clean(Map<String, String> environment, SecretMask mask) {
        environment.values().removeIf(value -> !value.isEmpty() && mask.isSecret(value));
    }
}
