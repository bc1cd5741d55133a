package org.posthorn.oauth;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** Gives tokens to one session: the one that is kept while it is good, else a new one. */
public final class TokenProvider {
    private final TokenSettings settings;
    private final TokenCache cache;
    private final Acquisition acquisition;
    private final Consumer<IssuedToken> issued;

    /** @param issued hears of each new token before it is used */
    TokenProvider(TokenSettings settings, TokenCache cache, Acquisition acquisition, Consumer<IssuedToken> issued) {
        this.settings = settings;
        this.cache = cache;
        this.acquisition = acquisition;
        this.issued = issued;
    }

    /** Whether a person may have to sign in before there is a token: a refresh token may be no longer good. */
    public boolean mayAwaitPerson() {
        return settings.flow().needsPerson()
                && !cache.hasFresh(acquisition.clock().instant());
    }

    /**
     * A token for a login that begins now; blocks until it is there.
     *
     * @param refresh whether a new one is wanted although the last would still do
     * @throws FailureException with the authorization server's own words when it refuses, and when the person stops it
     */
    public IssuedToken token(boolean refresh) throws FailureException {
        acquisition.begin(settings.flow());
        TokenCache.Found found =
                cache.token(refresh, acquisition.clock().instant(), acquisition.cancellation(), this::request);
        acquisition.hide(found.token().secrets());
        acquisition.found(new Facts.TokenSought(
                settings.flow().word(),
                acquisition.facts().requests(),
                Optional.empty(),
                Optional.of(found.origin()),
                Optional.of(TokenReading.of(found.token().token(), found.token().expiry()))));
        return found.token();
    }

    private IssuedToken request(Optional<Secret> last) throws FailureException {
        Optional<Secret> refreshToken = last.or(this::kept);
        IssuedToken token = refreshToken.isPresent()
                ? refreshed(refreshToken.get())
                : OauthFlow.of(settings).obtain(acquisition);
        issued.accept(token);
        return token;
    }

    /** The one of an earlier sign-in. */
    private Optional<Secret> kept() {
        return Optional.of(settings.refreshToken())
                .filter(token -> settings.flow().needsPerson() && !token.isEmpty());
    }

    /** A refresh token that is no longer good sends the person back to the beginning, and is no failure yet. */
    private IssuedToken refreshed(Secret refreshToken) throws FailureException {
        try {
            acquisition.hide(List.of(refreshToken));
            return new TokenEndpoint(settings.client(), acquisition).refresh(refreshToken);
        } catch (FailureException e) {
            boolean over = e.failure() instanceof Failure.TokenRefused refused
                    && refused.error().equals("invalid_grant");
            if (over && settings.flow().needsPerson()) {
                return OauthFlow.of(settings).obtain(acquisition);
            }
            throw e;
        }
    }
}
