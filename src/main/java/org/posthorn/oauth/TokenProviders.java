package org.posthorn.oauth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.posthorn.account.TokenSettings;

/**
 * The tokens of one run of the program, in memory only: whoever asks with equal settings shares one. Safe for any number of
 * threads.
 */
public final class TokenProviders {
    private final Map<Key, TokenCache> caches = new ConcurrentHashMap<>();
    private final Machine machine;

    /** Two people may use one registration. */
    private record Key(String user, TokenSettings settings) {}

    public TokenProviders(Machine machine) {
        this.machine = machine;
    }

    /** The provider of a user's settings for one session. */
    public TokenProvider provider(String user, TokenSettings settings, Acquisition acquisition) {
        return new TokenProvider(settings, cache(user, settings), acquisition);
    }

    /** Makes the next connection of these settings get a new token, without a person where a refresh token is held. */
    public void renew(String user, TokenSettings settings) {
        cache(user, settings).renew();
    }

    public Machine machine() {
        return machine;
    }

    private TokenCache cache(String user, TokenSettings settings) {
        return caches.computeIfAbsent(new Key(user, settings), _ -> new TokenCache());
    }
}
