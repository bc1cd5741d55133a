package org.posthorn.oauth;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.posthorn.account.OauthClient;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.http.LoopbackListener;

/**
 * The person signs in at the system's browser, which comes back to a port of this machine (RFC 6749 §4.1, RFC 7636, RFC
 * 8252).
 */
record AuthorizationCodeFlow(OauthClient client) implements OauthFlow {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int STATE_BYTES = 24;
    private static final String PATH = "/";

    @Override
    public IssuedToken obtain(Acquisition acquisition) throws FailureException {
        TokenEndpoint endpoint = new TokenEndpoint(client, acquisition);
        URI authorization = endpoint.discovery().authorization();
        // Before the person is troubled: without it the code could not be redeemed.
        endpoint.discovery().token();
        Pkce pkce = Pkce.of(acquisition.machine().random());
        String state = Pkce.random(acquisition.machine().random(), STATE_BYTES);
        acquisition.hide(List.of(pkce.verifier()));
        try (LoopbackListener listener = LoopbackListener.open(PATH, answer -> SignInPage.of(answer, state))) {
            String redirect = redirect(authorization) + ":" + listener.port();
            URI address = address(authorization, redirect, state, pkce);
            Map<String, String> answer = signIn(address, listener, acquisition);
            String code = code(answer, state, authorization);
            acquisition.hide(code);
            acquisition.resume();
            return redeem(endpoint, code, redirect, pkce);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.SignInUnfinished(Failure.SignInEnd.NO_LISTENER, String.valueOf(e.getMessage())));
        }
    }

    private URI address(URI authorization, String redirect, String state, Pkce pkce) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.id());
        parameters.put("redirect_uri", redirect);
        if (!client.scope().isBlank()) {
            parameters.put("scope", client.scope().strip());
        }
        parameters.put("state", state);
        parameters.put("code_challenge", pkce.challenge());
        parameters.put("code_challenge_method", "S256");
        if (isGoogle(authorization)) {
            // Google alone gives a refresh token for this parameter, where others read it from the scope.
            parameters.put("access_type", "offline");
        }
        String query = parameters.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(authorization + (authorization.getRawQuery() == null ? "?" : "&") + query);
    }

    /** RFC 8252 §7.3 prefers the address to the name; Microsoft lets the port be any for the name alone. */
    private static String redirect(URI authorization) {
        return String.valueOf(authorization.getHost()).endsWith(".microsoftonline.com")
                ? "http://localhost"
                : "http://127.0.0.1";
    }

    private static boolean isGoogle(URI authorization) {
        return "accounts.google.com".equals(authorization.getHost());
    }

    private static Map<String, String> signIn(URI address, LoopbackListener listener, Acquisition acquisition)
            throws FailureException {
        acquisition.await(new Facts.SignIn(
                address.toString(),
                Optional.empty(),
                acquisition.clock().instant().plus(LONGEST_WAIT)));
        try {
            acquisition.machine().browser().open(address);
        } catch (IOException _) {
            // The address is shown in any case, to be opened by hand.
            acquisition.await(new Facts.SignIn(
                    address.toString(),
                    Optional.empty(),
                    acquisition.clock().instant().plus(LONGEST_WAIT)));
        }
        return listener.await(LONGEST_WAIT, acquisition.cancellation())
                .orElseThrow(() -> unfinished(Failure.SignInEnd.TIMED_OUT, "nobody signed in within 10 minutes"));
    }

    private static String code(Map<String, String> answer, String state, URI authorization) throws FailureException {
        if (!isOurs(answer, state)) {
            throw unfinished(Failure.SignInEnd.NOT_OURS, "the state that came back is not the one that was sent");
        }
        if (answer.containsKey("error")) {
            throw new FailureException(new Failure.TokenRefused(
                    Acquisition.address(authorization),
                    OptionalInt.empty(),
                    answer.get("error"),
                    Optional.ofNullable(answer.get("error_description")),
                    Optional.ofNullable(answer.get("error_uri"))));
        }
        return Optional.ofNullable(answer.get("code"))
                .filter(code -> !code.isEmpty())
                .orElseThrow(() -> unfinished(Failure.SignInEnd.CODE_MISSING, "the browser came back without a code"));
    }

    /** Compared in constant time, as any secret is. */
    static boolean isOurs(Map<String, String> answer, String state) {
        byte[] came = answer.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(came, state.getBytes(StandardCharsets.UTF_8));
    }

    private static IssuedToken redeem(TokenEndpoint endpoint, String code, String redirect, Pkce pkce)
            throws FailureException {
        SequencedMap<String, String> parameters = TokenEndpoint.grant("authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", redirect);
        parameters.put("code_verifier", pkce.verifier().reveal());
        return endpoint.ask(parameters);
    }

    private static FailureException unfinished(Failure.SignInEnd end, String detail) {
        return new FailureException(new Failure.SignInUnfinished(end, detail));
    }
}
