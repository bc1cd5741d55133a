package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedAuthorizationServer;
import org.posthorn.testkit.ScriptedAuthorizationServer.Reply;

/** What becomes of refresh tokens that a server gives out anew, and of those from an earlier sign-in. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class RefreshTokensTest {
    private final Acquisitions acquisitions = new Acquisitions();
    private ScriptedAuthorizationServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedAuthorizationServer.start();
    }

    @AfterEach
    void close() throws IOException {
        acquisitions.close();
        server.close();
    }

    @Test
    void tellsTheOneThatIsGoodNow() throws Exception {
        TokenSettings settings = refresh("first");
        assertThat(current(settings)).isEqualTo(settings);
        server.on("/token", 200, "{'access_token':'a','expires_in':3600,'refresh_token':'second'}");

        acquisitions.token(settings);

        assertThat(current(settings)).isEqualTo(refresh("second"));
    }

    @Test
    void whoeverComesWithTheNextOneSharesTheToken() throws Exception {
        server.on("/token", 200, "{'access_token':'a','expires_in':3600,'refresh_token':'second'}");
        acquisitions.token(refresh("first"));

        assertThat(acquisitions.token(refresh("second")).token()).isEqualTo(Secret.of("a"));
        assertThat(server.requests("/token")).hasSize(1);
    }

    @Test
    void theNextRequestComesWithTheLastOne() throws Exception {
        server.on(
                "/token",
                request -> Reply.json(
                        200,
                        "{'access_token':'a','refresh_token':'" + request.form().get("refresh_token") + "+'}"));

        acquisitions.token(refresh("r"));
        acquisitions.provider(refresh("r")).token(true);
        acquisitions.provider(refresh("r+")).token(true);

        assertThat(server.requests("/token"))
                .extracting(request -> request.form().get("refresh_token"))
                .containsExactly("r", "r+", "r++");
        assertThat(current(refresh("r"))).isEqualTo(refresh("r+++"));
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenFlow.class,
            names = {"AUTHORIZATION_CODE", "DEVICE_CODE"})
    void theOneOfAnEarlierSignInSparesTheNext(TokenFlow flow) throws Exception {
        server.on("/token", 200, "{'access_token':'a','expires_in':3600}");

        IssuedToken token = acquisitions.token(
                TokenSettings.of(flow, Acquisitions.client(server)).withRefreshToken(Secret.of("kept")));

        assertThat(token.token()).isEqualTo(Secret.of("a"));
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.form())
                    .containsEntry("grant_type", "refresh_token")
                    .containsEntry("refresh_token", "kept");
        });
    }

    @Test
    void theOneOfAnEarlierSignInThatIsRevokedLeadsToANewSignIn() throws Exception {
        server.on(
                "/device",
                200,
                "{'device_code':'d','user_code':'WDJB','verification_uri':'https://e.test','interval':1}");
        server.on(
                "/token",
                request -> "refresh_token".equals(request.form().get("grant_type"))
                        ? Reply.json(400, "{'error':'invalid_grant'}")
                        : Reply.json(200, "{'access_token':'a','expires_in':3600,'refresh_token':'fresh'}"));
        TokenSettings settings = new TokenSettings.DeviceCode(Acquisitions.client(server), Secret.of("revoked"));

        assertThat(acquisitions.provider(settings).mayAwaitPerson()).isTrue();
        assertThat(acquisitions.token(settings).token()).isEqualTo(Secret.of("a"));
        assertThat(current(settings).refreshToken()).isEqualTo(Secret.of("fresh"));
    }

    private TokenSettings current(TokenSettings settings) {
        return acquisitions.providers().current("alice", settings);
    }

    private TokenSettings refresh(String token) {
        return new TokenSettings.Refresh(Acquisitions.client(server), Secret.of(token));
    }
}
