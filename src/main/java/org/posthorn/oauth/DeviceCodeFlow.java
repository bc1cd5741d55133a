package org.posthorn.oauth;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.posthorn.account.OauthClient;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.http.HttpResponse;

/** The person types a code on any device that has a browser, while the token endpoint is asked now and then (RFC 8628). */
record DeviceCodeFlow(OauthClient client) implements OauthFlow {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    /** RFC 8628 §3.2. */
    private record Begun(String deviceCode, String userCode, String address, Instant until, Duration interval) {}

    @Override
    public IssuedToken obtain(Acquisition acquisition) throws FailureException {
        TokenEndpoint endpoint = new TokenEndpoint(client, acquisition);
        Begun begun = begin(endpoint, acquisition);
        acquisition.await(new Facts.SignIn(begun.address(), Optional.of(begun.userCode()), begun.until()));
        IssuedToken token = poll(endpoint, acquisition, begun);
        acquisition.resume();
        return token;
    }

    private Begun begin(TokenEndpoint endpoint, Acquisition acquisition) throws FailureException {
        URI uri = endpoint.discovery().deviceAuthorization();
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        endpoint.putScope(parameters);
        HttpResponse response = acquisition.send(endpoint.authenticated(uri, parameters));
        Optional<Failure> refusal = OauthError.refusal(uri, response);
        if (refusal.isPresent()) {
            throw new FailureException(refusal.get());
        }
        return Json.of(response)
                .flatMap(json -> read(json, acquisition))
                .orElseThrow(() -> new FailureException(OauthError.unusable(uri, response, "device code")));
    }

    private static Optional<Begun> read(Json json, Acquisition acquisition) {
        Optional<String> deviceCode = json.text("device_code");
        Optional<String> userCode = json.text("user_code");
        // Google calls it by another name.
        Optional<String> address = json.text("verification_uri").or(() -> json.text("verification_url"));
        if (deviceCode.isEmpty() || userCode.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        acquisition.hide(deviceCode.get());
        Duration life = between(
                Duration.ZERO,
                Duration.ofSeconds(json.number("expires_in").orElse(LONGEST_WAIT.toSeconds())),
                LONGEST_WAIT);
        Duration interval = between(
                SHORTEST_INTERVAL,
                Duration.ofSeconds(json.number("interval").orElse(USUAL_INTERVAL.toSeconds())),
                LONGEST_INTERVAL);
        return Optional.of(new Begun(
                deviceCode.get(),
                userCode.get(),
                address.get(),
                acquisition.clock().instant().plus(life),
                interval));
    }

    private static IssuedToken poll(TokenEndpoint endpoint, Acquisition acquisition, Begun begun)
            throws FailureException {
        Duration interval = begun.interval();
        while (true) {
            acquisition.machine().pause().pause(interval, acquisition.cancellation());
            SequencedMap<String, String> parameters = TokenEndpoint.grant(GRANT);
            parameters.put("device_code", begun.deviceCode());
            try {
                return endpoint.ask(parameters);
            } catch (FailureException e) {
                interval = next(interval, e);
            }
            if (!acquisition.clock().instant().isBefore(begun.until())) {
                throw new FailureException(new Failure.SignInUnfinished(
                        Failure.SignInEnd.TIMED_OUT, "the code was not used before it ran out"));
            }
            acquisition.await(new Facts.SignIn(begun.address(), Optional.of(begun.userCode()), begun.until()));
        }
    }

    /** RFC 8628 §3.5: only these two mean "go on". */
    private static Duration next(Duration interval, FailureException e) throws FailureException {
        if (e.failure() instanceof Failure.TokenRefused refused) {
            if (refused.error().equals("authorization_pending")) {
                return interval;
            }
            if (refused.error().equals("slow_down")) {
                return between(SHORTEST_INTERVAL, interval.plus(USUAL_INTERVAL), LONGEST_INTERVAL);
            }
        }
        throw e;
    }

    private static Duration between(Duration least, Duration span, Duration most) {
        return span.compareTo(least) < 0 ? least : span.compareTo(most) > 0 ? most : span;
    }
}
