package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.testkit.ScriptedAuthorizationServer.Reply;
import org.posthorn.timeline.Facts.TokenOrigin;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;

@ExtendWith(NothingLeft.class)
class TokenCacheTest {
    private static final int MANY = 20;

    private final Acquisitions acquisitions = new Acquisitions();
    private final AtomicInteger issued = new AtomicInteger();
    private ScriptedAuthorizationServer server;
    private TokenSettings settings;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedAuthorizationServer.start();
        server.on("/token", _ -> Reply.json(200, next()));
        settings = new TokenSettings.Refresh(Acquisitions.client(server), Secret.of("old"));
    }

    private String next() {
        return "{'access_token':'t" + issued.incrementAndGet() + "','expires_in':3600}";
    }

    @AfterEach
    void close() throws Exception {
        acquisitions.close();
        server.close();
    }

    private Secret token() throws FailureException {
        return acquisitions.token(settings).token();
    }

    @Test
    @DisplayName("token_provider: gives the cached token until shortly before it expires")
    void keepsATokenUntilShortlyBeforeItExpires() throws Exception {
        assertThat(token()).isEqualTo(Secret.of("t1"));
        acquisitions.pass(Duration.ofSeconds(3539));
        assertThat(token()).isEqualTo(Secret.of("t1"));
        assertThat(acquisitions.progress.getLast().origin()).contains(TokenOrigin.CACHED);
        acquisitions.pass(Duration.ofSeconds(1));
        assertThat(token()).isEqualTo(Secret.of("t2"));
    }

    @Test
    void doesNotKeepAShortTokenTooLong() throws Exception {
        server.on(
                "/token", _ -> Reply.json(200, "{'access_token':'t" + issued.incrementAndGet() + "','expires_in':30}"));
        token();
        acquisitions.pass(Duration.ofSeconds(26));
        assertThat(token()).isEqualTo(Secret.of("t1"));
        acquisitions.pass(Duration.ofSeconds(1));
        assertThat(token()).isEqualTo(Secret.of("t2"));
    }

    @Test
    void keepsOneWithoutAnExpiry() throws Exception {
        server.on("/token", _ -> Reply.json(200, "{'access_token':'t" + issued.incrementAndGet() + "'}"));
        token();
        acquisitions.pass(Duration.ofDays(1000));
        assertThat(token()).isEqualTo(Secret.of("t1"));
    }

    @Test
    @DisplayName("token_provider: gets a new token on demand")
    void getsANewOneOnDemand() throws Exception {
        token();
        assertThat(acquisitions.provider(settings).token(true).token()).isEqualTo(Secret.of("t2"));
        assertThat(token()).isEqualTo(Secret.of("t2"));
        acquisitions.providers().renew("alice", settings);
        assertThat(token()).isEqualTo(Secret.of("t3"));
    }

    @Test
    void takesARotatedRefreshTokenForTheNextTime() throws Exception {
        server.on("/token", 200, "{'access_token':'a','refresh_token':'n3w'}");
        token();
        acquisitions.provider(settings).token(true);

        assertThat(server.requests("/token").getLast().form()).containsEntry("refresh_token", "n3w");
    }

    @Test
    void keepsTheTokensOfDifferentSettingsApart() throws Exception {
        token();
        OauthClient other = Acquisitions.client(server).withScope("other");
        assertThat(acquisitions
                        .token(new TokenSettings.Refresh(other, Secret.of("old")))
                        .token())
                .isEqualTo(Secret.of("t2"));
    }

    @Test
    void asksOnceHoweverManyConnectionsAsk() throws Exception {
        CountDownLatch all = new CountDownLatch(MANY);
        server.on("/token", _ -> {
            all.await();
            return Reply.json(200, next());
        });
        List<CompletableFuture<Secret>> tokens = IntStream.range(0, MANY)
                .mapToObj(_ -> started(new Cancellation(), all))
                .toList();

        assertThat(tokens).allSatisfy(token -> assertThat(token.get()).isEqualTo(Secret.of("t1")));
        assertThat(server.requests("/token")).hasSize(1);
    }

    private CompletableFuture<Secret> started(Cancellation cancellation, CountDownLatch ready) {
        CompletableFuture<Secret> token = new CompletableFuture<>();
        TokenProvider provider = acquisitions.provider(settings, cancellation);
        Thread.ofVirtual().start(() -> {
            ready.countDown();
            try {
                token.complete(provider.token(false).token());
            } catch (FailureException e) {
                token.completeExceptionally(e);
            }
        });
        return token;
    }

    @Test
    void givesTheSameRefusalToAllThatWait() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        server.on("/token", _ -> {
            two.await();
            return Reply.json(400, "{'error':'invalid_grant'}");
        });
        CompletableFuture<Secret> one = started(new Cancellation(), two);
        CompletableFuture<Secret> other = started(new Cancellation(), two);

        assertThat(failure(one)).isInstanceOf(Failure.TokenRefused.class);
        assertThat(failure(other)).isInstanceOf(Failure.TokenRefused.class);
    }

    @Test
    void goesOnForTheOthersWhenTheOneThatAskedIsStopped() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        server.on("/token", _ -> {
            asked.countDown();
            stopped.await();
            return Reply.json(200, next());
        });
        Cancellation first = new Cancellation();
        CompletableFuture<Secret> leader = started(first, new CountDownLatch(1));
        asked.await();
        CompletableFuture<Secret> other = started(new Cancellation(), new CountDownLatch(1));
        first.cancel();
        assertThat(failure(leader)).isInstanceOf(Failure.Cancelled.class);
        stopped.countDown();

        assertThat(other.get()).isIn(Secret.of("t1"), Secret.of("t2"));
    }

    private static Failure failure(CompletableFuture<Secret> token) {
        Throwable cause = token.handle((value, thrown) -> Optional.ofNullable(thrown))
                .join()
                .orElseThrow();
        return ((FailureException) cause).failure();
    }
}
