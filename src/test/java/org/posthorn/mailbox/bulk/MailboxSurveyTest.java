package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.MailboxImap.Fate;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.timeline.Failure;
import org.posthorn.transport.Cancellation;

/** Every folder is counted once, whatever becomes of the connections. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class MailboxSurveyTest {
    private final Bulk bulk = new Bulk();

    @AfterEach
    void close() {
        bulk.close();
    }

    private SurveyResult survey(Endpoint endpoint, Cancellation cancellation, SurveyListener live) {
        try (EmailClient client = bulk.client(endpoint)) {
            return new MailboxSurvey(client).run(cancellation, live);
        }
    }

    private SurveyResult survey(MailboxImap imap, int connections) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            return survey(Bulk.endpoint(Protocol.IMAP, server, connections), new Cancellation(), _ -> {});
        }
    }

    private static MailboxImap mailbox() {
        return new MailboxImap()
                .folder("Sent", 7, 1)
                .folder("INBOX", 4500, 3)
                .folder("Empty", 0, 1)
                .folder("Entw&APw-rfe", 1, 1);
    }

    private static Map<String, Long> counts(SurveyResult result) {
        Map<String, Long> counts = new LinkedHashMap<>();
        result.folders().forEach(folder -> counts.put(folder.name(), folder.messages()));
        return counts;
    }

    @Test
    void tellsWhatEachFolderHolds() throws Exception {
        SurveyResult result = survey(mailbox(), 5);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(counts(result))
                .isEqualTo(Map.of("INBOX", 4500L, "Sent", 7L, "Empty", 0L, "Entwürfe", 1L))
                .satisfies(
                        counts -> assertThat(counts.keySet().iterator().next()).isEqualTo("INBOX"));
        FolderSurvey sent = result.folders().get(1);
        long bytes = mailbox().messages("Sent").stream()
                .mapToLong(message -> message.text().length())
                .sum();
        assertThat(sent)
                .returns(4L, FolderSurvey::unread)
                .returns(bytes, FolderSurvey::bytes)
                .returns(Optional.of(Instant.parse("2024-03-01T10:00:00Z")), FolderSurvey::oldest)
                .returns(Optional.of(Instant.parse("2024-03-07T10:00:06Z")), FolderSurvey::newest);
        assertThat(sent.largest()).isPositive();
    }

    @Test
    void readsWithoutChangingAnything() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            survey(Bulk.endpoint(Protocol.IMAP, server, 3), new Cancellation(), _ -> {});

            assertThat(server.heard())
                    .allMatch(line -> line.matches("\\w+ (LIST|EXAMINE|FETCH|UID FETCH|NOOP|LOGOUT|CAPABILITY)\\b.*"))
                    .noneMatch(line -> line.contains("BODY"))
                    .filteredOn(line -> line.contains("UID FETCH"))
                    .hasSizeGreaterThan(4);
        }
    }

    @Test
    @DisplayName("use_multi_connection: heavy work takes one connection where several are not wanted")
    void takesOneConnectionWhereSeveralAreNotWanted() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            Endpoint endpoint = Bulk.endpoint(Protocol.IMAP, server, 20);

            SurveyResult result = survey(
                    endpoint.withConnections(endpoint.connections().withMultiConnection(MultiConnection.OFF)),
                    new Cancellation(),
                    _ -> {});

            assertThat(server.connections()).isEqualTo(1);
            assertThat(result.end().most()).isEqualTo(1);
        }
    }

    @Test
    void losesNothingWhenTheConnectionEndsAtAnyCommand() throws Exception {
        MailboxImap whole = mailbox();
        survey(whole, 1);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= whole.commands(); lost++) {
            for (Fate fate : List.of(Fate.LOST, Fate.HALF_ANSWERED, Fate.BYE)) {
                for (int connections : List.of(1, 4)) {
                    int at = lost;
                    cases.put(fate + " at command " + lost + " of " + connections, () -> {
                        MailboxImap imap = mailbox().trapping((_, number) -> number == at ? fate : Fate.WELL);

                        SurveyResult result = survey(imap, connections);

                        assertThat(counts(result)).isEqualTo(counts(survey(mailbox(), 1)));
                        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
                        assertThat(result.end().progress().messages()).isEqualTo(4508);
                        assertThat(result.end().progress().notices())
                                .hasSize(1)
                                .allMatch(Notice.Lost.class::isInstance);
                    });
                }
            }
        }
        Together.run(cases);
    }

    @Test
    @DisplayName("connections_quantity: a server's limit reduces it and is told, and nothing is lost")
    void goesOnWithAsManyConnectionsAsTheServerAllows() throws Exception {
        MailboxImap imap = mailbox().limitedTo(2);
        imap.trapping((_, number) -> {
            if (number > 2) {
                imap.awaitRefusals(1);
            }
            return Fate.WELL;
        });

        SurveyResult result = survey(imap, 8);

        assertThat(counts(result)).isEqualTo(counts(survey(mailbox(), 1)));
        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.end().most()).isEqualTo(2);
        assertThat(result.end().progress().notices())
                .singleElement()
                .isInstanceOfSatisfying(Notice.Lowered.class, lowered -> {
                    assertThat(lowered.from()).isEqualTo(8);
                    assertThat(lowered.failure().serverText())
                            .hasValueSatisfying(text -> assertThat(text).contains("[LIMIT]"));
                });
    }

    @Test
    void givesUpAFolderThatEndsEveryConnection() throws Exception {
        MailboxImap imap =
                mailbox().trapping((command, _) -> command.equals("EXAMINE \"Sent\"") ? Fate.LOST : Fate.WELL);

        SurveyResult result = survey(imap, 2);

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(result.folders().get(1).failure()).isPresent();
        assertThat(result.messages()).isEqualTo(4501);
        assertThat(result.end().progress().notices())
                .filteredOn(Notice.GivenUp.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Notice.GivenUp.class, given -> assertThat(given.part()).isEqualTo("Sent"));
    }

    /** The first two times other folders had been asked for on the connection, which counts for nothing. */
    @ParameterizedTest
    @CsvSource({"5, COMPLETE", "6, PARTLY"})
    void onlyConnectionsThatBringNothingCountAgainstAFolder(int losses, Outcome outcome) throws Exception {
        AtomicInteger lost = new AtomicInteger();
        MailboxImap imap = mailbox()
                .trapping((command, _) ->
                        command.equals("EXAMINE \"Sent\"") && lost.incrementAndGet() <= losses ? Fate.LOST : Fate.WELL);

        SurveyResult result = survey(imap, 1);

        assertThat(result.end().outcome()).isEqualTo(outcome);
        assertThat(lost.get()).isEqualTo(6);
    }

    @Test
    void failsAtOnceWhereTheFirstConnectionIsRefused() throws Exception {
        MailboxImap imap = mailbox().limitedTo(0);
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            SurveyResult result = survey(Bulk.endpoint(Protocol.IMAP, server, 5), new Cancellation(), _ -> {});

            assertThat(result.end().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.end().failure()).containsInstanceOf(Failure.GreetingRefused.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void endsWhenEveryConnectionIsLostAndNoneComesAbout() throws Exception {
        MailboxImap imap = mailbox();
        imap.trapping((_, number) -> {
            if (number == 3) {
                imap.limitedTo(0);
            }
            return number < 3 ? Fate.WELL : Fate.LOST;
        });

        SurveyResult result = survey(imap, 3);

        assertThat(result.end().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.end().failure()).isPresent();
        assertThat(result.folders()).isNotEmpty();
    }

    @Test
    void endsAtACancelAndTellsWhatIsKnown() throws Exception {
        Cancellation cancellation = new Cancellation();
        List<FolderSurvey> told = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            SurveyResult result = survey(Bulk.endpoint(Protocol.IMAP, server, 1), cancellation, new SurveyListener() {
                @Override
                public void progress(Progress now) {}

                @Override
                public void folder(FolderSurvey now) {
                    told.add(now);
                    cancellation.cancel();
                }
            });

            assertThat(result.end().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(told).hasSize(1);
            assertThat(result.messages()).isEqualTo(told.getFirst().messages());
        }
    }
}
