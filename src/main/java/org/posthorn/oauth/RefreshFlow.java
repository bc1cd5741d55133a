package org.posthorn.oauth;

import org.posthorn.account.OauthClient;
import org.posthorn.account.Secret;
import org.posthorn.timeline.FailureException;

/** A refresh token that the person brings along (RFC 6749 §6). */
record RefreshFlow(OauthClient client, Secret refreshToken) implements OauthFlow {

    @Override
    public IssuedToken obtain(Acquisition acquisition) throws FailureException {
        return new TokenEndpoint(client, acquisition).refresh(refreshToken);
    }
}
