package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Pipelining;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.smtp.DeliveryStatus;
import org.posthorn.client.smtp.DeliveryStatus.Notify;
import org.posthorn.client.smtp.DeliveryStatus.Returned;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.mailbox.Attachment;
import org.posthorn.mailbox.Deletion;
import org.posthorn.mailbox.FindingOptions;
import org.posthorn.mailbox.Hop;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.MessageTest;
import org.posthorn.mailbox.RoundTrip;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingOutcome;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/** Messages to Postfix and Exim, and through them to Dovecot. */
@WithLab
@ExtendWith(NothingLeft.class)
class SendingTest {
    private static final String ALICE = "alice@mail.test";

    private final Lab lab;
    private final LabChecks checks;

    SendingTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    private Endpoint smtp(String service) {
        return checks.endpoint(lab.server(service, "lmtp"), "smtp", TlsMode.STARTTLS);
    }

    private SendingResult send(Endpoint endpoint, MessageDraft draft) {
        return new MessageTest(checks.checks().connector(), Clock.systemUTC())
                .run(endpoint, draft, CheckOptions.complete(), new Cancellation(), _ -> {});
    }

    private static List<Integer> codes(SendingResult result) {
        return result.submission().orElseThrow().recipients().stream()
                .map(recipient -> recipient.reply().map(SmtpReply::code).orElse(0))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void postfixTakesSomeRecipientsAndTellsWhyNotTheOthers(Pipelining setting) {
        Endpoint endpoint = smtp("postfix");

        SendingResult result = send(
                endpoint.withConnections(endpoint.connections().withPipelining(setting)),
                MessageDraft.of(
                        ALICE, List.of("bob@mail.test", "nobody@mail.test", "later@mail.test", "full@mail.test")));

        assertThat(result.outcome()).isEqualTo(SendingOutcome.PARTLY);
        assertThat(codes(result)).containsExactly(250, 550, 451, 452);
        assertThat(result.refusals()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void eximTakesSomeRecipientsAndTellsWhyNotTheOthers(Pipelining setting) {
        Endpoint endpoint =
                checks.endpoint(lab.server("exim"), "smtp", TlsMode.STARTTLS).withLogin(Login.none());

        SendingResult result = send(
                endpoint.withConnections(endpoint.connections().withPipelining(setting)),
                MessageDraft.of(ALICE, List.of("bob@mail.test", "nobody@mail.test", "else@where.test")));

        assertThat(result.outcome()).isEqualTo(SendingOutcome.PARTLY);
        assertThat(codes(result)).containsExactly(250, 550, 550);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix", "exim"})
    void aServerHearsNothingOfAMessageThatIsTooLarge(String service) {
        SendingResult result = send(
                smtp(service),
                MessageDraft.of(ALICE, List.of(ALICE))
                        .withAttachment(Optional.of(new Attachment.Generated(5 * 1024 * 1024))));

        assertThat(result.refusals()).singleElement().isInstanceOf(Refusal.TooLarge.class);
        assertThat(checks.sent()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @ParameterizedTest
    @CsvSource({"postfix, true", "exim, false"})
    void notificationsAreTakenWhereTheyAreOffered(String service, boolean offered) {
        var status = new DeliveryStatus(
                Optional.of(Returned.HDRS), Optional.of("envelope+1"), Set.of(Notify.FAILURE, Notify.DELAY), true);
        Endpoint endpoint = offered ? smtp(service) : checks.endpoint(lab.server("exim"), "smtp", TlsMode.STARTTLS);

        SendingResult result =
                send(endpoint, MessageDraft.of(ALICE, List.of("bob@mail.test")).withStatus(status));

        assertThat(result.outcome()).isEqualTo(offered ? SendingOutcome.SENT : SendingOutcome.REFUSED);
        assertThat(result.refusals()).isEqualTo(offered ? List.of() : List.of(new Refusal.StatusNotOffered()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix", "exim"})
    void anAddressInUtf8IsTaken(String service) {
        SendingResult result = send(smtp(service), MessageDraft.of(ALICE, List.of("jürgen@elsewhere.test")));

        assertThat(result.outcome()).isEqualTo(SendingOutcome.SENT);
        assertThat(checks.sent())
                .contains("RCPT TO:<jürgen@elsewhere.test>")
                .anyMatch(line -> line.endsWith(" SMTPUTF8"));
    }

    @ParameterizedTest
    @CsvSource({"postfix, imap", "postfix, pop3", "exim, imap", "exim, pop3"})
    void aMessageGoesByLmtpToDovecotAndIsFoundThere(String service, String port) {
        SendingResult sent = send(
                smtp(service),
                MessageDraft.of(ALICE, List.of(ALICE))
                        .withBody("Grüße\n.\n..two dots")
                        .withAttachment(Optional.of(new Attachment.Generated(100_000))));
        assertThat(sent.outcome()).isEqualTo(SendingOutcome.SENT);

        RoundTripResult found = new RoundTrip(checks.checks().connector())
                .find(
                        checks.endpoint(lab.server("dovecot"), port, TlsMode.STARTTLS),
                        sent.message().orElseThrow().mark(),
                        sent.ended(),
                        new FindingOptions(Duration.ofSeconds(30), true),
                        CheckOptions.complete(),
                        new Cancellation(),
                        _ -> {});

        assertThat(found.outcome()).isEqualTo(RoundTripResult.Outcome.FOUND);
        assertThat(found.found().orElseThrow().deletion()).isEqualTo(Deletion.DELETED);
        assertThat(found.found().orElseThrow().hops()).hasSize(2);
        assertThat(found.found().orElseThrow().hops().getLast())
                .extracting(Hop::with)
                .isEqualTo(Optional.of("LMTP"));
    }
}
