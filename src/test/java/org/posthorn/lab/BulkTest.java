package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.FindingOptions;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.MessageMark;
import org.posthorn.mailbox.RoundTrip;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.bulk.FolderSurvey;
import org.posthorn.mailbox.bulk.MailboxSurvey;
import org.posthorn.mailbox.bulk.MailboxUpload;
import org.posthorn.mailbox.bulk.Quoting;
import org.posthorn.mailbox.bulk.SendingMany;
import org.posthorn.mailbox.bulk.SendingManyResult;
import org.posthorn.mailbox.bulk.SentMessage.Outcome;
import org.posthorn.mailbox.bulk.UploadPlan;
import org.posthorn.mailbox.bulk.UploadResult;
import org.posthorn.mailbox.bulk.WorkEnd;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/** Many messages, each once, into a Dovecot that allows two connections, and through Postfix and Exim to Dovecot. */
@WithLab
@ExtendWith(NothingLeft.class)
class BulkTest {
    private static final String ALICE = "alice@mail.test";
    private static final int MESSAGES = 60;
    /** Exim lets what comes after ten messages of one connection wait for its next queue run. */
    private static final int SENT = 10;

    private final Lab lab;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path files;

    BulkTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        timer.shutdownNow();
        checks.close();
    }

    private <R> R with(Endpoint endpoint, int connections, Function<EmailClient, R> work) {
        Endpoint several = endpoint.withConnections(
                endpoint.connections().withQuantity(connections).withMultiConnection(MultiConnection.ON));
        try (EmailClient client = new EmailClient(several, checks.checks().connector(), timer, _ -> {})) {
            return work.apply(client);
        }
    }

    private FolderSurvey folder(Endpoint endpoint, String name) {
        return with(endpoint, 1, client -> new MailboxSurvey(client).run(new Cancellation(), _ -> {}))
                .folders()
                .stream()
                .filter(folder -> folder.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path mbox() throws Exception {
        StringBuilder mbox = new StringBuilder();
        for (int i = 0; i < MESSAGES; i++) {
            mbox.append("From a@x.test Fri Mar  1 10:00:")
                    .append(10 + i % 50)
                    .append(" 2024\n")
                    .append(i % 3 == 0 ? "" : "Message-ID: <" + i + "@x.test>\n")
                    .append(i % 2 == 0 ? "Status: RO\n" : "")
                    .append("Subject: ")
                    .append(i)
                    .append("\n\n>From here\n")
                    .append("x".repeat(i * 100))
                    .append("\n\n");
        }
        return Files.writeString(files.resolve("mbox"), mbox);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void everyMessageIsAppendedOnce(int connections) throws Exception {
        Endpoint endpoint = checks.endpoint(lab.server("dovecot", "limit"), "imap", TlsMode.STARTTLS);
        UploadPlan plan = UploadPlan.of(List.of(mbox()), Quoting.MBOXRD, Optional.empty(), 1000);
        String name = "Über-" + UUID.randomUUID();

        UploadResult result = with(
                endpoint,
                connections,
                client ->
                        new MailboxUpload(client, name, true).run(plan, Optional.empty(), new Cancellation(), _ -> {}));

        assertThat(result.end().outcome()).isEqualTo(WorkEnd.Outcome.COMPLETE);
        assertThat(result.end().most()).isLessThanOrEqualTo(2);
        FolderSurvey arrived = folder(endpoint, name);
        assertThat(arrived.messages()).isEqualTo(MESSAGES);
        assertThat(arrived.bytes()).isEqualTo(plan.bytes());
        assertThat(arrived.unread()).isEqualTo(MESSAGES / 2);
        assertThat(arrived.oldest()).hasValueSatisfying(date -> assertThat(date).hasToString("2024-03-01T10:00:10Z"));
    }

    @ParameterizedTest
    @CsvSource({"postfix, 1", "postfix, 5", "exim, 1", "exim, 5"})
    void everyMessageIsSentOnce(String service, int connections) {
        Endpoint smtp = checks.endpoint(lab.server(service, "lmtp"), "smtp", TlsMode.STARTTLS);
        Endpoint imap = checks.endpoint(lab.server("dovecot"), "imap", TlsMode.STARTTLS);
        MessageDraft draft = MessageDraft.of(ALICE, List.of(ALICE));
        long before = folder(imap, "INBOX").messages();

        SendingManyResult result = with(
                smtp,
                connections,
                client -> new SendingMany(client, draft, SENT, Clock.systemUTC()).run(new Cancellation(), _ -> {}));

        assertThat(result.count(Outcome.ACCEPTED)).isEqualTo(SENT);
        // Each is waited for by its own Message-ID, and what then is there beside them would be one too many.
        result.messages()
                .forEach(message -> assertThat(find(imap, message.messageId().orElseThrow()))
                        .isEqualTo(RoundTripResult.Outcome.FOUND));
        assertThat(folder(imap, "INBOX").messages()).isEqualTo(before + SENT);
    }

    private RoundTripResult.Outcome find(Endpoint imap, String messageId) {
        return new RoundTrip(checks.checks().connector())
                .find(
                        imap,
                        new MessageMark(messageId, messageId),
                        System.nanoTime(),
                        new FindingOptions(Duration.ofSeconds(30), false),
                        CheckOptions.complete(),
                        new Cancellation(),
                        _ -> {})
                .outcome();
    }
}
