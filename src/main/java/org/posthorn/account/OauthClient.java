package org.posthorn.account;

/**
 * The application as the authorization server knows it: the person's own registration, never another program's.
 *
 * @param secret empty for a public client
 * @param scope separated by blanks; empty leaves it to the server
 */
public record OauthClient(String id, Secret secret, OauthEndpoints endpoints, String scope) {

    public static OauthClient none() {
        return new OauthClient("", Secret.of(""), OauthEndpoints.none(), "");
    }

    public OauthClient withId(String typed) {
        return new OauthClient(typed, secret, endpoints, scope);
    }

    public OauthClient withSecret(Secret typed) {
        return new OauthClient(id, typed, endpoints, scope);
    }

    public OauthClient withEndpoints(OauthEndpoints typed) {
        return new OauthClient(id, secret, typed, scope);
    }

    public OauthClient withScope(String typed) {
        return new OauthClient(id, secret, endpoints, typed);
    }
}
