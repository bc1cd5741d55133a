package org.posthorn.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.http.HttpRequest;
import org.posthorn.transport.http.HttpResponse;

/** Where tokens are issued (RFC 6749 §3.2). */
final class TokenEndpoint {
    private final OauthClient client;
    private final Acquisition acquisition;
    private final IssuerDiscovery discovery;

    TokenEndpoint(OauthClient client, Acquisition acquisition) {
        this.client = client;
        this.acquisition = acquisition;
        this.discovery = new IssuerDiscovery(client.endpoints(), acquisition);
    }

    IssuerDiscovery discovery() {
        return discovery;
    }

    /** The parameters of a grant, to be added to. */
    static SequencedMap<String, String> grant(String type) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", type);
        return parameters;
    }

    /** Asks for a token with the client's identifier and, where it has one, its secret. */
    IssuedToken ask(SequencedMap<String, String> parameters) throws FailureException {
        URI endpoint = discovery.token();
        return issued(endpoint, acquisition.send(authenticated(endpoint, parameters)));
    }

    /** Asks for a refreshed token (RFC 6749 §6). */
    IssuedToken refresh(Secret refreshToken) throws FailureException {
        SequencedMap<String, String> parameters = grant("refresh_token");
        parameters.put("refresh_token", refreshToken.reveal());
        putScope(parameters);
        return ask(parameters).orRefreshToken(Optional.of(refreshToken));
    }

    void putScope(SequencedMap<String, String> parameters) {
        if (!client.scope().isBlank()) {
            parameters.put("scope", client.scope().strip());
        }
    }

    /** A form with the client's authentication (RFC 6749 §2.3.1). */
    HttpRequest authenticated(URI endpoint, SequencedMap<String, String> parameters) {
        boolean basic = !client.secret().isEmpty() && discovery.wantsBasic();
        if (!basic) {
            parameters.put("client_id", client.id());
            if (!client.secret().isEmpty()) {
                parameters.put("client_secret", client.secret().reveal());
            }
        }
        HttpRequest form = HttpRequest.form(endpoint, parameters);
        return basic ? form.with("Authorization", "Basic " + credentials()) : form;
    }

    private String credentials() {
        String pair = encoded(client.id()) + ":" + encoded(client.secret().reveal());
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The token in an answer, or the refusal that stands in its place. */
    IssuedToken issued(URI endpoint, HttpResponse response) throws FailureException {
        Optional<Failure> refusal = OauthError.refusal(endpoint, response);
        if (refusal.isPresent()) {
            throw new FailureException(refusal.get());
        }
        Instant now = acquisition.clock().instant();
        IssuedToken token = Json.of(response)
                .filter(_ -> response.status() == 200)
                .flatMap(json -> read(json, now))
                .orElseThrow(() -> new FailureException(OauthError.unusable(endpoint, response, "access token")));
        acquisition.hide(token.secrets());
        return token.readingExpiry();
    }

    /** The token of a JSON answer (RFC 6749 §5.1); empty when it holds none. */
    static Optional<IssuedToken> read(Json json, Instant now) {
        OptionalLong seconds = json.number("expires_in");
        return json.text("access_token")
                .map(token -> new IssuedToken(
                        Secret.of(token),
                        json.text("token_type").orElse("Bearer"),
                        now,
                        seconds.isPresent() ? Optional.of(now.plusSeconds(seconds.getAsLong())) : Optional.empty(),
                        json.text("refresh_token").map(Secret::of)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
