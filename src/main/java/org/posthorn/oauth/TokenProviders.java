package org.posthorn.oauth;

import java.util.Map;
import java.util.Optional;
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
        TokenCache cache = cache(user, settings);
        return new TokenProvider(settings, cache, acquisition, issued -> alsoAs(user, settings, issued, cache));
    }

    /**
     * The settings with the refresh token that is good now: a server may give out another with each token, and take the one
     * before for stolen (RFC 9700 §4.14.2).
     */
    public TokenSettings current(String user, TokenSettings settings) {
        return Optional.ofNullable(caches.get(new Key(user, settings)))
                .flatMap(TokenCache::refreshToken)
                .map(settings::withRefreshToken)
                .orElse(settings);
    }

    /** Makes the next connection of these settings get a new token, without a person where a refresh token is held. */
    public void renew(String user, TokenSettings settings) {
        cache(user, settings).renew();
    }

    public Machine machine() {
        return machine;
    }

    /** Whoever asks with the next refresh token asks for the same tokens. */
    private void alsoAs(String user, TokenSettings settings, IssuedToken issued, TokenCache cache) {
        issued.refreshToken()
                .ifPresent(next -> caches.putIfAbsent(new Key(user, settings.withRefreshToken(next)), cache));
    }

    private TokenCache cache(String user, TokenSettings settings) {
        return caches.computeIfAbsent(new Key(user, settings), _ -> new TokenCache());
    }
}
