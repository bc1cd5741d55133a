package org.posthorn.storage.secret;

import java.util.Map;
import org.posthorn.account.Secret;

/** What came of looking for an account's secrets. */
public sealed interface Recalled {

    /** Those that are kept; none is an answer too. */
    record Found(Map<SecretKey, Secret> secrets) implements Recalled {
        public Found {
            secrets = Map.copyOf(secrets);
        }
    }

    /** It could not be looked. */
    record Unavailable(SecretProblem problem) implements Recalled {}
}
