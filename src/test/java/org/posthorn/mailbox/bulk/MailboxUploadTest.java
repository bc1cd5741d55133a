package org.posthorn.mailbox.bulk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.MailboxImap.Fate;
import org.posthorn.testkit.MailboxImap.Message;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.transport.Cancellation;

/** Every message arrives once, whatever becomes of the connections. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class MailboxUploadTest {
    private final Bulk bulk = new Bulk();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        bulk.close();
    }

    private UploadPlan plan(Path... files) throws IOException {
        return UploadPlan.of(List.of(files), Quoting.MBOXRD, Optional.empty(), 1000);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content, ISO_8859_1);
    }

    /** Beside messages with an ID: two without that differ in a word, two that are alike, two with an ID that differ in size. */
    private Path mbox() throws IOException {
        StringBuilder mbox = new StringBuilder();
        for (String message : List.of(
                "Message-ID: <1@x.test>\n\none",
                "Message-ID: <2@x.test>\n\ntwo",
                "Subject: without\n\n1",
                "Subject: without\n\n2",
                "Subject: alike\n\n",
                "Subject: alike\n\n",
                "Message-ID: <3@x.test>\n\n3",
                "Message-ID: <3@x.test>\nSubject: other\n\n3")) {
            mbox.append("From a@x.test Fri Mar  1 10:00:05 2024\n")
                    .append(message)
                    .append("\n\n");
        }
        return file("mbox", mbox.toString());
    }

    private UploadResult upload(UploadPlan plan, MailboxImap imap, int connections) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            return upload(plan, Optional.empty(), server, connections, false);
        }
    }

    private UploadResult upload(
            UploadPlan plan, Optional<UploadJournal> journal, ScriptedServer server, int connections, boolean create) {
        try (EmailClient client = bulk.client(Bulk.endpoint(Protocol.IMAP, server, connections))) {
            return new MailboxUpload(client, "Entwürfe", create).run(plan, journal, new Cancellation(), _ -> {});
        }
    }

    @Test
    @DisplayName("read_only: nothing can be uploaded, and nobody is connected to")
    void aReadOnlyMailboxIsRefusedBeforeConnecting() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            Endpoint plain = Bulk.endpoint(Protocol.IMAP, server, 1);
            Endpoint readOnly = plain.withConnections(plain.connections().withReadOnly(true));
            try (EmailClient client = bulk.client(readOnly)) {
                assertThatIllegalArgumentException().isThrownBy(() -> new MailboxUpload(client, "INBOX", true));
            }
            assertThat(server.connections()).isZero();
        }
    }

    private static MailboxImap mailbox() {
        return new MailboxImap().folder("INBOX", 2, 1).folder("Entw&APw-rfe", 2, 3);
    }

    /** What was appended, sorted. */
    private static List<String> arrived(MailboxImap imap) {
        return imap.messages("Entw&APw-rfe").stream()
                .skip(2)
                .map(Message::text)
                .sorted()
                .toList();
    }

    @Test
    void flagsAndDatesGoWithTheMessage() throws Exception {
        MailboxImap imap = mailbox();

        UploadResult result = upload(
                plan(file("m", "From a Fri Mar  1 10:00:05 2024\nStatus: R\nX-Status: F\n\nx\n"), file("o.eml", "y")),
                imap,
                1);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result)
                .returns(2L, UploadResult::messages)
                .returns(2L, UploadResult::appended)
                .returns(0L, UploadResult::left);
        assertThat(imap.messages("Entw&APw-rfe").subList(2, 4))
                .extracting(Message::flags, Message::date, Message::text)
                .containsExactly(
                        tuple(
                                "\\Seen \\Flagged",
                                "01-Mar-2024 10:00:05 +0000",
                                "Status: R\r\nX-Status: F\r\n\r\nx\r\n"),
                        tuple("", "", "y"));
    }

    @ParameterizedTest
    @CsvSource({
        "LITERAL+, {4096+}, {4097+}",
        "LITERAL-, {4096+}, {4097}",
        "IMAP4rev2, {4096+}, {4097}",
        "IDLE, {4096}, {4097}"
    })
    void theServersConsentIsAwaitedWhereItMustBe(String capability, String small, String large) throws Exception {
        MailboxImap imap = mailbox().announcing(capability);
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            upload(
                    plan(file("a.eml", "s".repeat(4096)), file("b.eml", "l".repeat(4097))),
                    Optional.empty(),
                    server,
                    1,
                    false);

            assertThat(server.heard().stream().filter(line -> line.contains("APPEND")))
                    .satisfiesExactly(
                            line -> assertThat(line).endsWith(small),
                            line -> assertThat(line).endsWith(large));
        }
        assertThat(arrived(imap)).containsExactly("l".repeat(4097), "s".repeat(4096));
    }

    @Test
    void aMessageOfManyBlocksArrivesWhole() throws Exception {
        MailboxImap imap = mailbox();
        String line = "0123456789".repeat(3) + "\n";

        upload(plan(file("big.eml", line.repeat(40_000)), file("even.eml", "x".repeat(64 * 1024))), imap, 2);

        assertThat(arrived(imap))
                .containsExactlyInAnyOrder(line.replace("\n", "\r\n").repeat(40_000), "x".repeat(64 * 1024));
    }

    @Test
    void nothingIsLostOrDoubledWhereverTheConnectionEnds() throws Exception {
        UploadPlan plan = plan(mbox());
        MailboxImap whole = mailbox();
        upload(plan, whole, 1);
        assertThat(arrived(whole)).hasSize(8);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= whole.commands(); lost++) {
            for (Fate fate : List.of(Fate.LOST, Fate.DONE_AND_LOST, Fate.HALF_ANSWERED, Fate.BYE)) {
                for (String capabilities : List.of("LITERAL+", "UIDPLUS")) {
                    for (int connections : List.of(1, 4)) {
                        int at = lost;
                        cases.put(fate + " at " + lost + " of " + connections + " with " + capabilities, () -> {
                            MailboxImap imap = mailbox()
                                    .announcing(capabilities)
                                    .trapping((_, number) -> number == at ? fate : Fate.WELL);

                            UploadResult result = upload(plan, imap, connections);

                            assertThat(arrived(imap)).isEqualTo(arrived(whole));
                            assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
                            assertThat(result.appended()).isEqualTo(8);
                            assertThat(result.uncertain()).isZero();
                        });
                    }
                }
            }
        }
        Together.run(cases);
    }

    @Test
    void nothingIsLostOrDoubledWhereTheLookIntoTheFolderIsCutOffToo() throws Exception {
        UploadPlan plan = plan(mbox());
        MailboxImap whole = mailbox();
        upload(plan, whole, 1);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 2; lost <= whole.commands(); lost++) {
            for (int more = 1; more <= 3; more++) {
                int at = lost;
                int then = lost + more;
                cases.put("at " + at + " and " + then, () -> {
                    MailboxImap imap = mailbox()
                            .trapping((_, number) -> number == at
                                    ? Fate.DONE_AND_LOST
                                    : number == then ? Fate.HALF_ANSWERED : Fate.WELL);

                    UploadResult result = upload(plan, imap, 1);

                    assertThat(arrived(imap)).isEqualTo(arrived(whole));
                    assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
                });
            }
        }
        Together.run(cases);
    }

    /** Such a server is known by the Message-ID alone: whether the message is the one that was sent nobody can tell. */
    @Test
    void aMessageThatTheServerChangedIsNotSentAgain() throws Exception {
        MailboxImap imap = mailbox();
        imap.trapping((command, _) -> {
            if (command.startsWith("APPEND")) {
                List<Message> all = new ArrayList<>(imap.messages("Entw&APw-rfe"));
                all.add(new Message(5, "", "", "Message-ID: <1@x.test>\r\nX-Seen-By: it\r\n\r\nbody"));
                imap.folder("Entw&APw-rfe", all);
                return Fate.LOST;
            }
            return Fate.WELL;
        });

        UploadResult result = upload(plan(file("a.eml", "Message-ID: <1@x.test>\n\nbody")), imap, 1);

        assertThat(imap.messages("Entw&APw-rfe")).hasSize(3);
        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(result)
                .returns(1L, UploadResult::uncertain)
                .returns(0L, UploadResult::refused)
                .returns(0L, UploadResult::appended);
    }

    @Test
    void amongManyMessagesOfOneIdTheMissingOneIsFound() throws Exception {
        Path[] files = IntStream.range(0, 30)
                .mapToObj(i -> {
                    try {
                        return file(i + ".eml", "Message-ID: <same@x.test>\n\n" + i % 3);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(Path[]::new);
        MailboxImap imap = mailbox()
                .trapping((command, number) ->
                        !command.startsWith("APPEND") ? Fate.WELL : number % 5 == 0 ? Fate.DONE_AND_LOST : Fate.WELL);

        UploadResult result = upload(plan(files), imap, 6);

        assertThat(arrived(imap)).hasSize(30);
        assertThat(result.appended()).isEqualTo(30);
    }

    @Test
    void oneMessageThatIsRefusedDoesNotKeepBackTheOthers() throws Exception {
        MailboxImap imap = mailbox().refusing("Subject: alike", "TAG NO [OVERQUOTA] enough");

        UploadResult result = upload(plan(mbox()), imap, 3);

        assertThat(arrived(imap)).hasSize(6);
        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(result)
                .returns(6L, UploadResult::appended)
                .returns(2L, UploadResult::refused)
                .returns(0L, UploadResult::left);
        assertThat(result.end().progress().notices())
                .filteredOn(Notice.GivenUp.class::isInstance)
                .hasSize(2)
                .allSatisfy(notice ->
                        assertThat(notice.failure().serverText().orElse("")).contains("[OVERQUOTA] enough"))
                .extracting(notice -> ((Notice.GivenUp) notice).part())
                .contains(folder.resolve("mbox") + ", message 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPENDLIMIT=10", "APPENDLIMIT"})
    void aMessageThatIsTooLargeIsNotSent(String capability) throws Exception {
        MailboxImap imap = mailbox().announcing("LITERAL+ " + capability).appendLimit(10);
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            UploadResult result = upload(
                    plan(file("a.eml", "0123456789"), file("b.eml", "01234567890")),
                    Optional.empty(),
                    server,
                    1,
                    false);

            assertThat(result.refused()).isEqualTo(1);
            assertThat(arrived(imap)).containsExactly("0123456789");
            assertThat(server.heard()).noneMatch(line -> line.endsWith("{11+}"));
        }
    }

    @Test
    void aFolderThatIsMissingEndsItAndIsMadeWhereThatIsWanted() throws Exception {
        MailboxImap imap = new MailboxImap().folder("INBOX", 0, 1);
        UploadPlan plan = plan(file("a.eml", "Subject: a\n\n"));

        UploadResult without = upload(plan, imap, 1);
        assertThat(without.end().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(without.problem()).containsInstanceOf(UploadProblem.FolderMissing.class);

        try (ScriptedServer server = ScriptedServer.of(imap)) {
            UploadResult with = upload(plan, Optional.empty(), server, 3, true);
            assertThat(with.end().outcome()).isEqualTo(Outcome.COMPLETE);
        }
        assertThat(imap.messages("Entw&APw-rfe")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, LITERAL+", "true, IDLE", "false, LITERAL+", "false, IDLE"})
    void aFolderThatVanishesUnderWayIsMadeAnewOrEndsIt(boolean create, String capability) throws Exception {
        MailboxImap imap = mailbox().announcing(capability);
        imap.trapping((command, _) -> {
            if (command.startsWith("APPEND") && imap.messages("Entw&APw-rfe").size() == 3) {
                imap.remove("Entw&APw-rfe");
            }
            return Fate.WELL;
        });
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            UploadResult result = upload(plan(mbox()), Optional.empty(), server, 1, create);

            assertThat(result.end().outcome()).isEqualTo(create ? Outcome.COMPLETE : Outcome.FAILED);
            assertThat(result.problem().isPresent()).isNotEqualTo(create);
            assertThat(result.appended()).isEqualTo(create ? 8 : 1);
        }
    }

    @Test
    void aFileThatWasChangedIsNotSent() throws Exception {
        Path mbox = mbox();
        UploadPlan plan = plan(mbox, file("a.eml", "Subject: a\n\n"));
        Files.writeString(mbox, "From here on all is different");
        MailboxImap imap = mailbox();

        UploadResult result = upload(plan, imap, 2);

        assertThat(arrived(imap)).hasSize(1);
        assertThat(result.refused()).isEqualTo(8);
    }

    @Test
    void fewerConnectionsDoTheSameWhereTheServerAllowsNoMore() throws Exception {
        MailboxImap imap = mailbox().limitedTo(2);

        UploadResult result = upload(plan(mbox()), imap, 8);

        assertThat(arrived(imap)).hasSize(8);
        assertThat(result.end().most()).isLessThanOrEqualTo(2);
    }

    @Test
    void anAnswerThatIsNoneEndsTheConnectionAndNoMore() throws Exception {
        UploadPlan plan = plan(mbox());
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (String answer : List.of(
                "+ go on",
                "other1 OK done",
                "TAG MAYBE",
                "TAG",
                "nonsense",
                "* X\r\n".repeat(300_000) + "TAG OK",
                "x".repeat(100_000),
                "* X {999999999}")) {
            cases.put(answer.substring(0, Math.min(20, answer.length())), () -> {
                MailboxImap imap = mailbox().refusing("two", answer);
                imap.trapping((command, _) -> {
                    if (command.startsWith("UID SEARCH")) {
                        imap.refusing("", "");
                    }
                    return Fate.WELL;
                });

                UploadResult result = upload(plan, imap, 2);

                assertThat(arrived(imap)).hasSize(8);
                assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
                assertThat(result.end().progress().notices()).singleElement().isInstanceOf(Notice.Lost.class);
            });
        }
        Together.run(cases);
    }

    /** After so many attempts it may be there once, or not at all: that is told. */
    @Test
    void aMessageThatEndsEveryConnectionIsUncertain() throws Exception {
        MailboxImap imap = mailbox().refusing("two", "nonsense");

        UploadResult result = upload(plan(mbox()), imap, 2);

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(result)
                .returns(7L, UploadResult::appended)
                .returns(1L, UploadResult::uncertain)
                .returns(0L, UploadResult::left);
    }

    @Test
    void aCancelEndsItAndTellsWhatIsKnown() throws Exception {
        Cancellation cancellation = new Cancellation();
        MailboxImap imap = mailbox();
        imap.trapping((command, number) -> {
            if (number == 4) {
                cancellation.cancel();
            }
            return number < 4 ? Fate.WELL : Fate.LOST;
        });
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = bulk.client(Bulk.endpoint(Protocol.IMAP, server, 1))) {
            UploadResult result = new MailboxUpload(client, "INBOX", false)
                    .run(plan(mbox()), Optional.empty(), cancellation, _ -> {});

            assertThat(result.end().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(result.appended()).isEqualTo(2);
            assertThat(result.left() + result.uncertain()).isEqualTo(6);
        }
    }
}
