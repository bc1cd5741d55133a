package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.bulk.SendingMany;
import org.posthorn.mailbox.bulk.SendingManyResult;
import org.posthorn.mailbox.bulk.SentMessage;
import org.posthorn.mailbox.bulk.SentMessage.Outcome;
import org.posthorn.testkit.BoundaryRelay;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/**
 * Five messages through Postfix and through Exim into Dovecot, cut before and after each command and once more in the login
 * that follows: each goes once, or is told to be uncertain.
 */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(300)
class SendingCutsTest {
    private static final int SENT = 5;
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private final Lab lab;
    private final BrokenWork work;

    SendingCutsTest(Lab lab) {
        this.lab = lab;
        this.work = new BrokenWork(lab, lab.server("dovecot"));
    }

    @AfterEach
    void close() {
        work.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix", "exim"})
    void noMessageIsLostOrSentTwice(String service) throws Exception {
        LabServer smtp = lab.server(service, "lmtp");
        Endpoint endpoint = work.endpoint(smtp, "smtp");
        work.fill("INBOX", 0);
        Set<String> accepted = new HashSet<>();
        Set<String> uncertain = new HashSet<>();

        List<Integer> cuts = BoundaryRelay.atEveryBoundary(smtp.port("smtp"), (port, cut) -> {
            SendingManyResult result = send(endpoint.withPort(port));
            accepted.addAll(ids(result, Outcome.ACCEPTED));
            uncertain.addAll(ids(result, Outcome.UNKNOWN));

            long done = result.count(Outcome.ACCEPTED) + result.count(Outcome.UNKNOWN);
            assertThat(done).as(cut).isEqualTo(result.end().most() == 0 ? 0 : SENT);
            assertThat(result.count(Outcome.UNKNOWN)).as(cut).isLessThanOrEqualTo(1);
        });

        assertThat(cuts).as("boundaries of each side").allMatch(count -> count > 2 * SENT);
        assertThat(uncertain).isNotEmpty();
        List<String> arrived = arrived(accepted);
        assertThat(arrived).doesNotHaveDuplicates().containsAll(accepted);
        accepted.addAll(uncertain);
        // One that was sent a second time would have come by another Message-ID.
        assertThat(accepted).containsAll(arrived);
    }

    private SendingManyResult send(Endpoint endpoint) {
        MessageDraft draft = MessageDraft.of("alice@mail.test", List.of("carol@mail.test"));
        return work.with(
                endpoint,
                client -> new SendingMany(client, draft, SENT, Clock.systemUTC()).run(new Cancellation(), _ -> {}));
    }

    private static List<String> ids(SendingManyResult result, Outcome outcome) {
        return result.messages().stream()
                .filter(message -> message.outcome() == outcome)
                .map(SentMessage::messageId)
                .map(id -> id.orElseThrow())
                .toList();
    }

    /** What is in the inbox once all is delivered that has to be. */
    private List<String> arrived(Set<String> accepted) throws Exception {
        long deadline = System.nanoTime() + DELIVERY.toNanos();
        List<String> arrived = new ArrayList<>();
        try (PlainImap imap = new PlainImap(work.server().host(), work.server().port("imap"))) {
            imap.command("LOGIN carol@mail.test secret3");
            while (!arrived.containsAll(accepted) && deadline - System.nanoTime() > 0) {
                arrived = new ArrayList<>(BrokenWork.idsIn(imap, "INBOX"));
            }
        }
        return arrived;
    }
}
