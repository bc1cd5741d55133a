package org.posthorn.desktop.viewmodel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TokenSettings;
import org.posthorn.client.LoginGuard;
import org.posthorn.desktop.viewmodel.connection.TokenCard.Fact;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.timeline.TokenFacts.Mismatch;
import org.posthorn.timeline.TokenFacts.MismatchKind;
import org.posthorn.wire.WireLog;

class TokenCardsTest {
    private static final Instant END = Instant.parse("2026-11-23T12:15:00Z");
    private static final Endpoint ENDPOINT = Endpoint.of(Protocol.IMAP, "mail.example.org")
            .withSecurity(TlsMode.IMPLICIT)
            .withLogin(Login.tokenProvider("alice", new TokenSettings.DeviceCode(OauthClient.none())));
    private static final TokenFacts TOKEN = new TokenFacts(
            true,
            Optional.empty(),
            List.of("https://graph.test"),
            List.of("Mail.Read", "User.Read"),
            List.of(),
            Optional.empty(),
            Optional.of(END),
            Optional.empty(),
            List.of("bob@example.org"),
            Optional.empty(),
            List.of(new Mismatch(MismatchKind.AUDIENCE, "https://graph.test", "https://outlook.office.com")));

    private final ScriptedConnector connector = new ScriptedConnector();
    private final ConnectionViewModel model = new ConnectionViewModel(
            connector,
            new LoginGuard(ScriptedConnector.NOON),
            new WireLog(ScriptedConnector.NOON, 10),
            ScriptedConnector.NOON,
            Runnable::run);

    private static Facts.TokenSought sought(Optional<Facts.SignIn> signIn, Optional<Facts.TokenOrigin> origin) {
        Facts.TokenRequest request =
                new Facts.TokenRequest("https://e.test/token", OptionalInt.of(200), Duration.ZERO, Optional.empty());
        return new Facts.TokenSought("device", List.of(request), signIn, origin, Optional.empty());
    }

    @Test
    void showsTheCodeAndTheAddressWhileThePersonIsAwaited() {
        model.connect(ENDPOINT);
        var recorder = connector.last().recorder();
        recorder.begin(Phase.LOGIN);
        recorder.learn(sought(
                Optional.of(new Facts.SignIn("https://e.test/device", Optional.of("WDJB-MJHT"), END)),
                Optional.empty()));

        assertThat(model.signInProperty().get())
                .contains(new SignInCard("https://e.test/device", "WDJB-MJHT", "12:15:00"));
        assertThat(model.signInProperty().get().orElseThrow().sentence()).contains("type this code");
        assertThat(model.rail().stream().map(RailNode::phase)).contains(Phase.TLS, Phase.LOGIN);

        recorder.learn(sought(Optional.empty(), Optional.empty()));
        assertThat(model.signInProperty().get()).isEmpty();
    }

    @Test
    void stopsShowingItWhenTheTestHasEnded() {
        model.connect(ENDPOINT);
        var recorder = connector.last().recorder();
        recorder.begin(Phase.LOGIN);
        recorder.learn(
                sought(Optional.of(new Facts.SignIn("https://e.test", Optional.empty(), END)), Optional.empty()));
        assertThat(model.signInProperty().get().orElseThrow().sentence()).contains("Sign in in the browser");

        recorder.finish(new Failure.Cancelled(Phase.LOGIN));
        assertThat(model.signInProperty().get()).isEmpty();
    }

    @Test
    void showsWhatTheTokenSaysAndWhatDoesNotGoWithTheSettings() {
        model.connect(ENDPOINT);
        connector.last().pass(Phase.LOGIN, sought(Optional.empty(), Optional.of(Facts.TokenOrigin.ISSUED)));
        connector
                .last()
                .pass(
                        Phase.LOGIN,
                        new Facts.LoggedIn(
                                Optional.of("XOAUTH2"),
                                "alice",
                                List.of("XOAUTH2"),
                                Optional.empty(),
                                Optional.of(TOKEN)));

        assertThat(model.tokenProperty().get())
                .contains(new TokenCard(
                        "JWT",
                        List.of(
                                new Fact("From", "issued now"),
                                new Fact("Audience", "https://graph.test"),
                                new Fact("Scopes", "Mail.Read User.Read"),
                                new Fact("User", "bob@example.org"),
                                new Fact("Expires", "2026-11-23 12:15:00")),
                        List.of("It is for https://graph.test; wanted is https://outlook.office.com."),
                        true));
    }

    @Test
    void saysThatATokenIsOpaque() {
        model.connect(ENDPOINT);
        connector
                .last()
                .pass(
                        Phase.LOGIN,
                        new Facts.LoggedIn(
                                Optional.of("XOAUTH2"),
                                "alice",
                                List.of(),
                                Optional.empty(),
                                Optional.of(TokenFacts.opaque(Optional.empty()))));

        assertThat(model.tokenProperty().get().orElseThrow().form()).contains("opaque");
        assertThat(model.tokenProperty().get().orElseThrow().renewable()).isFalse();
    }

    @Test
    void connectsAgainWithANewToken() {
        model.connect(ENDPOINT);
        model.connectWithNewToken();

        assertThat(connector.renewed()).containsExactly(ENDPOINT);
        assertThat(connector.sessions()).isEqualTo(2);
        assertThat(connector.last().endpoint()).isEqualTo(ENDPOINT);
    }
}
