package org.posthorn.desktop.viewmodel.settings;

import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;

/** The forms of login that the form offers. */
public enum LoginKind {
    PASSWORD("Password"),
    ACCESS_TOKEN("Access token"),
    TOKEN_PROVIDER("OAuth"),
    CURRENT_USER("Current user (Kerberos)"),
    NONE("No login");

    private final String label;

    LoginKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static LoginKind of(Endpoint endpoint) {
        return switch (endpoint.login()) {
            case Login.None() -> NONE;
            case Login.Password _ -> PASSWORD;
            case Login.AccessToken _ -> ACCESS_TOKEN;
            case Login.TokenProvider _ -> TOKEN_PROVIDER;
            case Login.CurrentUser _ -> CURRENT_USER;
        };
    }

    /** The endpoint with this kind of login, still without its details. */
    Endpoint in(Endpoint endpoint) {
        return endpoint.withLogin(empty());
    }

    Login empty() {
        return switch (this) {
            case NONE -> Login.none();
            case PASSWORD -> Login.password("", Secret.of(""));
            case ACCESS_TOKEN -> Login.accessToken("", Secret.of(""));
            case TOKEN_PROVIDER ->
                Login.tokenProvider("", TokenSettings.of(TokenFlow.AUTHORIZATION_CODE, OauthClient.none()));
            case CURRENT_USER -> Login.currentUser();
        };
    }
}
