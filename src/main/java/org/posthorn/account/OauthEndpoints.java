package org.posthorn.account;

import java.util.Optional;

/**
 * Where an authorization server is asked. What is typed counts; the rest is looked up at the issuer.
 *
 * @param issuer where the others are looked up (OpenID Connect Discovery, RFC 8414)
 * @param authorization where the browser is sent
 * @param token where tokens are issued
 * @param deviceAuthorization where a device code is begun
 */
public record OauthEndpoints(
        Optional<String> issuer,
        Optional<String> authorization,
        Optional<String> token,
        Optional<String> deviceAuthorization) {

    public static OauthEndpoints none() {
        return new OauthEndpoints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public OauthEndpoints withIssuer(Optional<String> uri) {
        return new OauthEndpoints(uri, authorization, token, deviceAuthorization);
    }

    public OauthEndpoints withAuthorization(Optional<String> uri) {
        return new OauthEndpoints(issuer, uri, token, deviceAuthorization);
    }

    public OauthEndpoints withToken(Optional<String> uri) {
        return new OauthEndpoints(issuer, authorization, uri, deviceAuthorization);
    }

    public OauthEndpoints withDeviceAuthorization(Optional<String> uri) {
        return new OauthEndpoints(issuer, authorization, token, uri);
    }
}
