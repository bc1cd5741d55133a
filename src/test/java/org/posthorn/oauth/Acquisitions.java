package org.posthorn.oauth;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.posthorn.account.Endpoint;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.http.HttpAccess;
import org.posthorn.transport.http.HttpClient;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireLog;

/** Seeks tokens as a session does, with time and the browser in the test's hands. */
final class Acquisitions implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    final Cancellation cancellation = new Cancellation();
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final List<Facts.TokenSought> progress = Collections.synchronizedList(new ArrayList<>());
    final SecretMask mask = SecretMask.none();
    private final Network network = Network.system();
    private final WireLog log = new WireLog(Clock.systemUTC(), 10_000);
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicReference<Browser> browser = new AtomicReference<>(Browser.none());
    private final TokenProviders providers =
            new TokenProviders(new Machine(address -> browser.get().open(address), this::pass, new SecureRandom()));

    /** Time passes at once. */
    private void pass(Duration span, Cancellation ear) throws FailureException {
        pauses.add(span);
        now.updateAndGet(instant -> instant.plus(span));
        if (ear.isCancelled()) {
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        }
    }

    void pass(Duration span) {
        now.updateAndGet(instant -> instant.plus(span));
    }

    void browse(Browser with) {
        browser.set(with);
    }

    Clock clock() {
        return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    }

    TokenProviders providers() {
        return providers;
    }

    TokenProvider provider(TokenSettings settings) {
        return provider(settings, cancellation);
    }

    TokenProvider provider(TokenSettings settings, Cancellation ear) {
        mask.hide(settings.secrets());
        return providers.provider("alice", settings, acquisition(ear));
    }

    Acquisition acquisition(Cancellation ear) {
        TrustAnchors anchors = TrustAnchors.of(List.of(Certificates.authority().certificate()));
        HttpAccess access = new HttpAccess(network, anchors, log, Clock.systemUTC(), numbers::incrementAndGet);
        Endpoint account = Endpoint.of(Protocol.IMAP, "mail.example.org");
        HttpClient http = new HttpClient(access, account, mask, ear, Phase.LOGIN);
        return new Acquisition(http, mask, ear, providers.machine(), clock(), Duration.ofSeconds(20), progress::add);
    }

    IssuedToken token(TokenSettings settings) throws FailureException {
        return provider(settings).token(false);
    }

    Failure failure(TokenSettings settings) {
        try {
            throw new AssertionError(token(settings) + " is no failure");
        } catch (FailureException e) {
            return e.failure();
        }
    }

    String logText() {
        return log.from(0, 10_000).stream()
                .map(e -> e.direction().mark() + " " + e.text())
                .collect(Collectors.joining("\n"));
    }

    /** A client of a scripted server, its endpoints typed. */
    static OauthClient client(ScriptedAuthorizationServer server) {
        return new OauthClient(
                "posthorn-test",
                Secret.of(""),
                new OauthEndpoints(
                        Optional.empty(),
                        Optional.of(server.address("/authorize")),
                        Optional.of(server.address("/token")),
                        Optional.of(server.address("/device"))),
                "mail offline");
    }

    @Override
    public void close() {
        network.close();
    }
}
