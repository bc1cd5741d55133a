package org.posthorn.storage.secret;

import java.util.Map;
import java.util.Set;
import org.posthorn.account.Secret;

/** A place where secrets are kept between two starts. A call may hold up its thread while a person is asked. */
public interface SecretStore {

    /** The secrets of an account. */
    Recalled recall(String account);

    /**
     * Keeps secrets and removes others, all of one account. Those that are named in neither stay as they are.
     *
     * @param obsolete those to remove, whether they are there or not
     */
    Kept keep(String account, Map<SecretKey, Secret> secrets, Set<SecretKey> obsolete);
}
