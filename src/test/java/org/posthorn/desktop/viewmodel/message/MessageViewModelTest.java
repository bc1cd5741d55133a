package org.posthorn.desktop.viewmodel.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.client.smtp.Submission;
import org.posthorn.desktop.viewmodel.connection.Renewal;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.mailbox.Attachment;
import org.posthorn.mailbox.Deletion;
import org.posthorn.mailbox.DraftField;
import org.posthorn.mailbox.FoundMessage;
import org.posthorn.mailbox.Hop;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingOutcome;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** The page that sends a test message. */
class MessageViewModelTest {
    private static final Endpoint SMTP =
            Endpoint.of(Protocol.SMTP, "smtp.x.test").withLogin(Login.password("me@x.test", Secret.of("s")));
    private static final Endpoint IMAP = Endpoint.of(Protocol.IMAP, "imap.x.test");

    private final ScriptedConnector connector = new ScriptedConnector();
    private final LoginGuard guard = new LoginGuard(ScriptedConnector.NOON);
    private Endpoint sender = SMTP;
    private Optional<Endpoint> mailbox = Optional.of(IMAP);
    private final MessageViewModel model =
            new MessageViewModel(connector, guard, () -> sender, () -> mailbox, ScriptedConnector.NOON, Runnable::run);

    private void type(DraftField field, String text) {
        model.form().textProperty(field).set(text);
    }

    private void fill() {
        type(DraftField.FROM, "me@x.test");
        type(DraftField.TO, "you@x.test");
    }

    private static CheckResult session(Endpoint endpoint) {
        return new CheckResult(endpoint, CheckOutcome.READY, Timeline.empty(1));
    }

    private static SmtpReply reply(String text) {
        return new SmtpReply(Integer.parseInt(text.substring(0, 3)), List.of(text));
    }

    private static SendingResult sent(SendingOutcome outcome, List<Refusal> refusals) {
        return new SendingResult(
                session(SMTP), Optional.empty(), Optional.empty(), refusals, Duration.ofMillis(20), 0, outcome);
    }

    @Test
    void suggestsTheAddressThatLogsIn() {
        model.suggest();

        assertThat(model.form().textProperty(DraftField.FROM).get()).isEqualTo("me@x.test");
        assertThat(model.form().textProperty(DraftField.TO).get()).isEqualTo("me@x.test");
        type(DraftField.TO, "other@x.test");
        model.suggest();
        assertThat(model.form().textProperty(DraftField.TO).get()).isEqualTo("other@x.test");
    }

    @Test
    void sendsTheFormAsItStands() {
        fill();
        type(DraftField.ATTACHMENT, "2 k");
        model.form().notificationProperty().set(true);

        model.send();

        assertThat(model.runningProperty().get()).isTrue();
        assertThat(connector.orders()).singleElement().satisfies(order -> {
            assertThat(order.sender()).isEqualTo(SMTP);
            assertThat(order.mailbox()).isEmpty();
            assertThat(order.draft().recipients()).containsExactly("you@x.test");
            assertThat(order.draft().attachment()).contains(new Attachment.Generated(2048));
            assertThat(order.draft().status().isAsked()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"'', you@x.test, From", "me@x.test, '', To", "me@x.test, a b, To"})
    void saysWhatIsInTheWay(String from, String to, String named) {
        type(DraftField.FROM, from);
        type(DraftField.TO, to);

        model.send();

        assertThat(model.problemProperty().get()).startsWith(named);
        assertThat(connector.orders()).isEmpty();
    }

    @Test
    void asksBeforeTheLoginThatMayLockTheAccount() {
        fill();
        for (int refusal = 0; refusal < LoginGuard.REFUSALS; refusal++) {
            guard.heard(SMTP, refused());
        }

        model.send();
        assertThat(connector.orders()).isEmpty();
        assertThat(model.problemProperty().get())
                .contains("has refused “me@x.test” 3 times", "Nothing was sent", "send again");

        model.send();
        assertThat(connector.orders()).hasSize(1);
    }

    /** The search logs in as well, at a server that may be another. */
    @Test
    void asksBeforeTheLoginOfTheSearchToo() {
        Endpoint searched = IMAP.withLogin(Login.password("you@x.test", Secret.of("secret")));
        mailbox = Optional.of(searched);
        fill();
        model.form().roundTripProperty().set(true);
        for (int refusal = 0; refusal < LoginGuard.REFUSALS; refusal++) {
            guard.heard(searched, refused());
        }

        model.send();
        assertThat(connector.orders()).isEmpty();
        assertThat(model.problemProperty().get()).contains("imap.x.test has refused “you@x.test” 3 times");

        model.send();
        assertThat(connector.orders()).hasSize(1);
    }

    @Test
    void tellsARefreshTokenThatCameInPlaceOfAnother() {
        Login.TokenProvider login =
                Login.tokenProvider("me@x.test", new TokenSettings.Refresh(OauthClient.none(), Secret.of("old")));
        connector.renewTo(Secret.of("next"));
        fill();
        model.send();

        connector
                .message()
                .sent(new SendingResult(
                        session(SMTP.withLogin(login)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ofMillis(20),
                        0,
                        SendingOutcome.SENT));

        assertThat(model.renewalProperty().get()).contains(new Renewal(login, Secret.of("next")));
    }

    private static Timeline refused() {
        LoginAnswer no = new LoginAnswer.Rejected(
                "535 no", OptionalInt.of(535), Optional.empty(), Optional.empty(), LoginAnswer.Offer.OFFERED);
        Facts facts = new Facts.LoggedIn(Optional.of("PLAIN"), "me@x.test", List.of("PLAIN"), Optional.of(no));
        PhaseRecord record = new PhaseRecord(
                Phase.LOGIN,
                1,
                ScriptedConnector.NOON.instant(),
                Duration.ZERO,
                Outcome.FAILED,
                facts,
                Optional.empty());
        return new Timeline(1, ConnectionState.BROKEN, List.of(record), Optional.empty());
    }

    @Test
    void saysThatTheSettingsAreInTheWay() {
        fill();
        sender = SMTP.withHost("");

        model.send();

        assertThat(model.problemProperty().get()).contains("Settings");
        assertThat(connector.orders()).isEmpty();
    }

    @Test
    void asksBeforeItSendsToSeveral() {
        fill();
        type(DraftField.CC, "a@x.test, b@x.test");

        model.send();
        assertThat(model.problemProperty().get()).contains("3 recipients");
        assertThat(connector.orders()).isEmpty();

        type(DraftField.BCC, "c@x.test");
        model.send();
        assertThat(model.problemProperty().get()).contains("4 recipients");

        model.send();
        assertThat(connector.orders()).hasSize(1);
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void needsAMailboxToFindItAgain() {
        fill();
        model.form().roundTripProperty().set(true);
        mailbox = Optional.empty();
        model.send();
        assertThat(model.problemProperty().get()).contains("IMAP or POP3");

        mailbox = Optional.of(IMAP);
        model.send();
        assertThat(connector.orders().getFirst().mailbox()).contains(IMAP);
    }

    @Test
    void showsEachAnswerAsItComes() {
        fill();
        type(DraftField.TO, "a@x.test, b@x.test");
        model.send();
        model.send();
        Submission begun = Submission.to(List.of("a@x.test", "b@x.test"));

        connector
                .message()
                .sending(new Submission(
                        Optional.of(reply("250 ok")),
                        List.of(
                                begun.recipients().getFirst(),
                                new Submission.Recipient("b@x.test", Optional.of(reply("550 5.1.1 no")))),
                        Optional.empty(),
                        0,
                        false,
                        Optional.empty()));

        assertThat(model.recipients())
                .containsExactly(
                        new RecipientRow("a@x.test", RecipientRow.Verdict.WAITING, ""),
                        new RecipientRow("b@x.test", RecipientRow.Verdict.REFUSED, "550 5.1.1 no"));
    }

    @Test
    void saysWhatARefusalMeans() {
        fill();
        model.send();

        connector.message().sent(sent(SendingOutcome.REFUSED, List.of(new Refusal.TooLarge(20, 10))));
        connector.message().ended();

        assertThat(model.sendingProperty().get().orElseThrow().meaning()).isEqualTo(MessageOutcome.Meaning.BAD);
        assertThat(model.findings().getFirst().sentence()).contains("20 bytes");
        assertThat(model.searchProperty().get()).isEmpty();
        assertThat(model.runningProperty().get()).isFalse();
    }

    @Test
    void showsTheWayToTheMailbox() {
        fill();
        model.form().roundTripProperty().set(true);
        model.send();
        connector.message().sent(sent(SendingOutcome.SENT, List.of()));
        assertThat(model.searchProperty().get().orElseThrow().meaning()).isEqualTo(MessageOutcome.Meaning.UNDER_WAY);

        Hop hop = new Hop(
                Optional.of("a"),
                Optional.of("b"),
                Optional.of("LMTP"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(3)));
        connector
                .message()
                .found(new RoundTripResult(
                        session(IMAP),
                        Optional.of(new FoundMessage("INBOX", List.of(hop), Deletion.DELETED)),
                        Duration.ofMillis(1500),
                        2,
                        RoundTripResult.Outcome.FOUND));

        assertThat(model.searchProperty().get().orElseThrow().sentence())
                .isEqualTo("Arrived within 1.5 s in INBOX; deleted.");
        assertThat(model.hops()).containsExactly(new HopRow("+3 s", "a", "b", "LMTP", ""));
    }

    @Test
    @DisplayName("read_only: the window says that the message was left, and why")
    void saysWhyTheMessageIsLeftInAReadOnlyMailbox() {
        fill();
        model.form().roundTripProperty().set(true);
        model.send();

        connector
                .message()
                .found(new RoundTripResult(
                        session(IMAP),
                        Optional.of(new FoundMessage("INBOX", List.of(), Deletion.READ_ONLY)),
                        Duration.ofMillis(1500),
                        2,
                        RoundTripResult.Outcome.FOUND));

        assertThat(model.searchProperty().get().orElseThrow().sentence())
                .isEqualTo("Arrived within 1.5 s in INBOX; left, since the mailbox is read-only.");
    }

    @Test
    void stopsWhatIsUnderWay() {
        fill();
        model.stop();
        assertThat(connector.stops()).isZero();

        model.send();
        model.stop();

        assertThat(connector.stops()).isEqualTo(1);
    }

    @Test
    void sendsNoSecondWhileTheFirstIsUnderWay() {
        fill();
        model.send();
        model.send();

        assertThat(connector.orders()).hasSize(1);
    }

    @Test
    void showsABugAsOne() {
        fill();
        model.send();

        connector.message().broke(new IllegalStateException("x"));

        assertThat(model.bugProperty().get()).isPresent();
        assertThat(model.runningProperty().get()).isFalse();
    }
}
