package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.MailboxImap.Fate;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.transport.Cancellation;

/** An upload that ended early goes on where it ended, and appends nothing again. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class UploadJournalTest {
    private static final int MESSAGES = 6;

    private final Bulk bulk = new Bulk();

    @TempDir
    private Path folder;

    private Path mbox = Path.of("");

    @BeforeEach
    void fill() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < MESSAGES; i++) {
            // The last two are alike in every byte.
            all.append("From a\nSubject: ").append(Math.min(i, MESSAGES - 2)).append("\n\nx\n\n");
        }
        mbox = Files.writeString(folder.resolve("mbox"), all);
    }

    @AfterEach
    void close() {
        bulk.close();
    }

    private UploadResult upload(Path journal, ScriptedServer server, int connections) throws Exception {
        Endpoint endpoint = Bulk.endpoint(Protocol.IMAP, server, connections);
        try (UploadJournal open = UploadJournal.open(journal, endpoint, "INBOX");
                EmailClient client = bulk.client(endpoint)) {
            UploadPlan plan = UploadPlan.of(List.of(mbox), Quoting.MBOXRD, Optional.of(open), 1000);
            return new MailboxUpload(client, "INBOX", false).run(plan, Optional.of(open), new Cancellation(), _ -> {});
        }
    }

    private static MailboxImap mailbox() {
        return new MailboxImap().folder("INBOX", 3, 1);
    }

    private static List<String> arrived(MailboxImap imap) {
        return imap.messages("INBOX").stream()
                .skip(3)
                .map(MailboxImap.Message::text)
                .sorted()
                .toList();
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            all.add("Subject: " + Math.min(i, MESSAGES - 2) + "\r\n\r\nx\r\n");
        }
        return all;
    }

    @Test
    void aSecondRunAppendsWhatTheFirstDidNot() throws Exception {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= MESSAGES + 1; lost++) {
            for (Fate fate : List.of(Fate.LOST, Fate.DONE_AND_LOST, Fate.HALF_ANSWERED)) {
                for (int connections : List.of(1, 3)) {
                    int at = lost;
                    String name = fate + "-" + at + "-" + connections;
                    cases.put(name, () -> endsAndGoesOn(folder.resolve(name), at, fate, connections));
                }
            }
        }
        Together.run(cases);
    }

    private void endsAndGoesOn(Path journal, int at, Fate fate, int connections) throws Exception {
        MailboxImap imap = mailbox();
        imap.trapping((_, number) -> {
            if (number >= at) {
                imap.limitedTo(0);
            }
            return number == at ? fate : number > at ? Fate.LOST : Fate.WELL;
        });
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            UploadResult first = upload(journal, server, connections);
            assertThat(first.end().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(first.left() + first.uncertain()).isPositive();
            imap.limitedTo(64).trapping((_, _) -> Fate.WELL);

            UploadResult second = upload(journal, server, connections);

            assertThat(arrived(imap)).isEqualTo(all());
            assertThat(second.end().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.already()).isEqualTo(first.appended());
            assertThat(second.appended()).isEqualTo(MESSAGES - first.appended());

            UploadResult third = upload(journal, server, connections);
            assertThat(third.messages()).isZero();
            assertThat(third.already()).isEqualTo(MESSAGES);
            assertThat(third.end().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    /** As when the program is killed before it could note the last reply, or while it did. */
    @Test
    void aJournalThatWasCutOffIsEnough() throws Exception {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int cut : List.of(1, 2, 30, 74)) {
            cases.put(cut + " bytes", () -> {
                MailboxImap imap = mailbox();
                Path journal = folder.resolve("cut-" + cut);
                try (ScriptedServer server = ScriptedServer.of(imap)) {
                    upload(journal, server, 1);
                    String whole = Files.readString(journal);
                    Files.writeString(journal, whole.substring(0, whole.length() - cut));

                    UploadResult again = upload(journal, server, 1);

                    assertThat(arrived(imap)).isEqualTo(all());
                    assertThat(again.already() + again.appended()).isEqualTo(MESSAGES);
                    assertThat(upload(journal, server, 1).already()).isEqualTo(MESSAGES);
                }
            });
        }
        Together.run(cases);
    }

    @Test
    void aMessageThatWasRefusedIsTriedAgain() throws Exception {
        MailboxImap imap = mailbox().refusing("Subject: 1", "TAG NO not now");
        Path journal = folder.resolve("j");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            UploadResult first = upload(journal, server, 2);
            assertThat(first.refused()).isEqualTo(1);
            imap.refusing("", "");

            upload(journal, server, 2);
        }
        assertThat(arrived(imap)).isEqualTo(all());
    }

    @Test
    void aFolderThatWasNumberedAnewEndsIt() throws Exception {
        MailboxImap imap = mailbox();
        Path journal = folder.resolve("j");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            upload(journal, server, 1);
            imap.renumber("INBOX");

            UploadResult again = upload(journal, server, 1);

            assertThat(again.problem()).contains(new UploadProblem.JournalOutdated(journal));
            assertThat(again.end().outcome()).isEqualTo(Outcome.FAILED);
        }
        assertThat(arrived(imap)).hasSize(MESSAGES);
    }

    @Test
    void aFileThatIsNoJournalOfThisFolderStaysAsItIs() throws Exception {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.test");
        Path other = folder.resolve("other");
        Files.writeString(other, "posthorn upload 1: Sent of  at mail.test\n");

        for (Path file : List.of(mbox, other, folder, folder.resolve("none/j"))) {
            String before = Files.isRegularFile(file) ? Files.readString(file) : "";
            assertThatExceptionOfType(SourceUnusable.class)
                    .isThrownBy(
                            () -> UploadJournal.open(file, endpoint, "INBOX").close())
                    .satisfies(e -> assertThat(e.sentence()).contains(file.toString()));
            assertThat(Files.isRegularFile(file) ? Files.readString(file) : "").isEqualTo(before);
        }
    }

    @Test
    void onlyOneRunHasItOpen() throws Exception {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.test");
        Path journal = folder.resolve("j");

        try (UploadJournal _ = UploadJournal.open(journal, endpoint, "INBOX")) {
            assertThatExceptionOfType(SourceUnusable.class)
                    .isThrownBy(
                            () -> UploadJournal.open(journal, endpoint, "INBOX").close())
                    .satisfies(e -> assertThat(e.sentence()).contains("in use"));
        }
    }

    /** A device that is always full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingIsSentThatCannotBeNoted() throws Exception {
        Path journal = Path.of("/dev/full");
        MailboxImap imap = mailbox();
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            UploadResult result = upload(journal, server, 3);

            assertThat(result.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).isInstanceOf(UploadProblem.JournalUnwritable.class));
            assertThat(result.end().outcome()).isEqualTo(Outcome.FAILED);
        }
        assertThat(arrived(imap)).isEmpty();
    }
}
