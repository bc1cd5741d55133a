package org.posthorn.oauth;

import org.posthorn.account.TokenSettings;
import org.posthorn.timeline.FailureException;

/** One way to a token that does not need an earlier one. */
sealed interface OauthFlow
        permits AuthorizationCodeFlow, DeviceCodeFlow, ClientCredentialsFlow, RefreshFlow, CommandFlow {

    /** Blocks until the token is there, the server has refused it, or the person has stopped it. */
    IssuedToken obtain(Acquisition acquisition) throws FailureException;

    static OauthFlow of(TokenSettings settings) {
        return switch (settings) {
            case TokenSettings.AuthorizationCode(var client, var _) -> new AuthorizationCodeFlow(client);
            case TokenSettings.DeviceCode(var client, var _) -> new DeviceCodeFlow(client);
            case TokenSettings.ClientCredentials(var client, var key) -> new ClientCredentialsFlow(client, key);
            case TokenSettings.Refresh(var client, var token) -> new RefreshFlow(client, token);
            case TokenSettings.Command(var arguments) -> new CommandFlow(arguments);
        };
    }
}
