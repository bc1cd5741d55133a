package org.posthorn.oauth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.http.HttpClient;
import org.posthorn.transport.http.HttpRequest;
import org.posthorn.transport.http.HttpResponse;
import org.posthorn.wire.SecretMask;

/** One token being obtained for one session: its requests, what it has learnt, and the ear for the cancel. */
public final class Acquisition {
    private final HttpClient http;
    private final SecretMask mask;
    private final Cancellation cancellation;
    private final Machine machine;
    private final Clock clock;
    private final Duration limit;
    private final Consumer<Facts.TokenSought> progress;
    private final List<Facts.TokenRequest> requests = new ArrayList<>();
    private String flow = "";

    /**
     * For one session.
     *
     * @param mask learns each secret that turns up
     * @param limit of a command; requests have the client's own
     * @param progress hears of each step
     */
    public Acquisition(
            HttpClient http,
            SecretMask mask,
            Cancellation cancellation,
            Machine machine,
            Clock clock,
            Duration limit,
            Consumer<Facts.TokenSought> progress) {
        this.http = http;
        this.mask = mask;
        this.cancellation = cancellation;
        this.machine = machine;
        this.clock = clock;
        this.limit = limit;
        this.progress = progress;
    }

    void begin(TokenFlow chosen) {
        flow = chosen.word();
        publish(Optional.empty());
    }

    /** Sends a request and keeps what came of it. */
    HttpResponse send(HttpRequest request) throws FailureException {
        long start = System.nanoTime();
        try {
            HttpResponse response = http.send(request);
            record(request.uri(), OptionalInt.of(response.status()), start, OauthError.in(response));
            return response;
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Cancelled) {
                throw e;
            }
            record(
                    request.uri(),
                    OptionalInt.empty(),
                    start,
                    Optional.of(e.failure().kind()));
            throw new FailureException(new Failure.TokenEndpointFailed(
                    address(request.uri()), "no answer came", Optional.of(e.failure()), Optional.empty()));
        }
    }

    private void record(URI uri, OptionalInt status, long start, Optional<String> error) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        requests.add(new Facts.TokenRequest(address(uri), status, elapsed, error));
        publish(Optional.empty());
    }

    /** Tells that a person is waited for. */
    void await(Facts.SignIn signIn) {
        publish(Optional.of(signIn));
    }

    /** Tells that nobody is waited for any more. */
    void resume() {
        publish(Optional.empty());
    }

    private void publish(Optional<Facts.SignIn> signIn) {
        progress.accept(facts(signIn));
    }

    private Facts.TokenSought facts(Optional<Facts.SignIn> signIn) {
        return new Facts.TokenSought(flow, requests, signIn, Optional.empty(), Optional.empty());
    }

    /** Tells that the token is there. */
    void found(Facts.TokenSought last) {
        progress.accept(last);
    }

    /** What has been learnt so far. */
    public Facts.TokenSought facts() {
        return facts(Optional.empty());
    }

    /** From here on shows none of these anywhere. */
    void hide(Collection<Secret> secrets) {
        mask.hide(secrets);
    }

    void hide(String secret) {
        mask.hide(List.of(Secret.of(secret)));
    }

    SecretMask mask() {
        return mask;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Machine machine() {
        return machine;
    }

    Clock clock() {
        return clock;
    }

    Duration limit() {
        return limit;
    }

    /** An address without its parameters, which may be secret. */
    static String address(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
