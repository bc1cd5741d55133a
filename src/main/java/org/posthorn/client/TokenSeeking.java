package org.posthorn.client;

import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.oauth.Acquisition;
import org.posthorn.oauth.IssuedToken;
import org.posthorn.oauth.TokenPreflight;
import org.posthorn.oauth.TokenProvider;
import org.posthorn.oauth.TokenReading;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.transport.http.HttpAccess;
import org.posthorn.transport.http.HttpClient;

/** Gets the token of a login, and holds what it says against the settings. */
final class TokenSeeking {
    private final Endpoint endpoint;
    private final Surroundings surroundings;

    TokenSeeking(Endpoint endpoint, Surroundings surroundings) {
        this.endpoint = endpoint;
        this.surroundings = surroundings;
    }

    /**
     * A login with a token, and what that says.
     *
     * @param facts absent for a login without a token
     */
    record Ready(Login.Credentials login, Optional<TokenFacts> facts) {}

    /**
     * Signs the person in before the server is connected to: no server waits as long for a login as a person needs at a
     * browser.
     */
    void signIn(Login.TokenProvider login) throws FailureException {
        TokenProvider provider = provider(login);
        if (provider.mayAwaitPerson()) {
            surroundings.recorder().begin(Phase.LOGIN);
            provider.token(false);
            surroundings.recorder().succeed();
        }
    }

    /** The credentials as they are sent; a provider's token is sought in a phase of its own. */
    Ready ready(Login.Credentials login) throws FailureException {
        return switch (login) {
            case Login.Password _, Login.CurrentUser _ -> new Ready(login, Optional.empty());
            case Login.AccessToken token ->
                new Ready(login, Optional.of(preflight(token, TokenReading.of(token.token(), Optional.empty()))));
            case Login.TokenProvider provider -> sought(provider);
        };
    }

    private Ready sought(Login.TokenProvider login) throws FailureException {
        surroundings.recorder().begin(Phase.LOGIN);
        IssuedToken issued = provider(login).token(false);
        surroundings.recorder().succeed();
        TokenFacts facts = TokenReading.of(issued.token(), issued.expiry());
        return new Ready(
                new Login.AccessToken(login.user(), issued.token(), login.sasl()),
                Optional.of(preflight(login, facts)));
    }

    private TokenFacts preflight(Login.Named login, TokenFacts facts) {
        Optional<OauthClient> client = login instanceof Login.TokenProvider provider
                ? Optional.of(provider.settings().client())
                : Optional.<OauthClient>empty();
        return TokenPreflight.of(
                facts, endpoint, login.user(), client, surroundings.clock().instant());
    }

    private TokenProvider provider(Login.TokenProvider login) {
        HttpAccess access = new HttpAccess(
                surroundings.network(),
                surroundings.anchors(),
                surroundings.log(),
                surroundings.clock(),
                surroundings.numbers());
        HttpClient http =
                new HttpClient(access, endpoint, surroundings.mask(), surroundings.cancellation(), Phase.LOGIN);
        Acquisition acquisition = new Acquisition(
                http,
                surroundings.mask(),
                surroundings.cancellation(),
                surroundings.providers().machine(),
                surroundings.clock(),
                endpoint.timeouts().operation(),
                surroundings.recorder()::learn);
        return surroundings.providers().provider(login.user(), login.settings(), acquisition);
    }
}
