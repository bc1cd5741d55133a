package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Protocol;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.MailboxImap;
import org.posthorn.testkit.MailboxImap.Fate;
import org.posthorn.testkit.MailboxImap.Message;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.timeline.Failure;
import org.posthorn.transport.Cancellation;

/** Every message of an IMAP mailbox comes once, whatever becomes of the connections. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class MailboxDownloadTest {
    private final Bulk bulk = new Bulk();
    private final Downloads downloads = new Downloads(bulk);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        bulk.close();
    }

    private static MailboxImap mailbox() {
        return new MailboxImap()
                .folder("Sent", 7, 1)
                .folder("INBOX", 60, 3)
                .folder("Empty", 0, 1)
                .folder("Entw&APw-rfe", 1, 1);
    }

    private DownloadResult download(MailboxImap imap, int connections) throws Exception {
        return downloads.run(Protocol.IMAP, imap, connections, folder, ArchiveFormat.MBOX);
    }

    private static void assertWhole(Path place, ArchiveFormat format) throws Exception {
        String ending = format == ArchiveFormat.MBOX ? ".mbox" : "";
        MailboxImap whole = mailbox();
        assertThat(Downloads.ids(place.resolve("INBOX" + ending))).isEqualTo(whole.ids("INBOX"));
        assertThat(Downloads.ids(place.resolve("Sent" + ending))).isEqualTo(whole.ids("Sent"));
        assertThat(Downloads.ids(place.resolve("Empty" + ending))).isEmpty();
        assertThat(Downloads.ids(place.resolve("Entw%C3%BCrfe" + ending))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void eachMessageComesByteForByte(ArchiveFormat format) throws Exception {
        String bytes = "Message-ID: <bytes@x.test>\r\n\r\nFrom \0\u00ff\u00e4\nFrom bare\r>From x\r\n>>From y\r\n\r\n";
        MailboxImap imap = mailbox().folder("Bytes", List.of(new Message(9, "\\Seen \\Flagged", "", bytes)));

        DownloadResult result = downloads.run(Protocol.IMAP, imap, 3, folder, format);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.messages()).isEqualTo(69);
        assertWhole(folder, format);
        String place = format == ArchiveFormat.MBOX ? "Bytes.mbox" : "Bytes";
        assertThat(MailFiles.messages(folder.resolve(place))).containsExactly(bytes);
        assertThat(result.folders().getFirst().name()).isEqualTo("INBOX");
    }

    @Test
    void aMaildirHasTheFlagsAndTheDate() throws Exception {
        MailboxImap imap = new MailboxImap()
                .folder(
                        "INBOX",
                        List.of(new Message(
                                9, "\\Seen \\Flagged $Other", "17-Jul-1996 02:44:25 -0700", "Subject: x\r\n\r\n")));

        downloads.run(Protocol.IMAP, imap, 1, folder, ArchiveFormat.MAILDIR);

        Path file = folder.resolve("INBOX/cur/77.9.posthorn:2,FS");
        assertThat(file).exists();
        assertThat(Files.getLastModifiedTime(file)).hasToString("1996-07-17T09:44:25Z");
    }

    @Test
    void nothingIsChangedOnTheServer() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            downloads.run(Bulk.endpoint(Protocol.IMAP, server, 3), folder, ArchiveFormat.MBOX);

            assertThat(server.heard())
                    .allMatch(line -> line.matches("\\w+ (LIST|EXAMINE|FETCH|UID FETCH|NOOP|LOGOUT|CAPABILITY)\\b.*"))
                    .filteredOn(line -> line.contains("BODY"))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("BODY.PEEK[]"));
        }
    }

    @Test
    void aSecondRunFetchesOnlyWhatIsNew() throws Exception {
        download(mailbox(), 2);
        MailboxImap more = mailbox().folder("Sent", 9, 1);
        try (ScriptedServer server = ScriptedServer.of(more)) {
            DownloadResult result = downloads.run(Bulk.endpoint(Protocol.IMAP, server, 2), folder, ArchiveFormat.MBOX);

            assertThat(result.messages()).isEqualTo(2);
            assertThat(result.alreadyThere()).isEqualTo(68);
            assertThat(Downloads.ids(folder.resolve("Sent.mbox"))).isEqualTo(more.ids("Sent"));
            assertThat(server.heard()).filteredOn(line -> line.contains("BODY")).hasSize(1);
        }
    }

    @Test
    void losesNothingWhenTheConnectionEndsAtAnyCommand() throws Exception {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= commands(); lost++) {
            for (Fate fate : List.of(Fate.LOST, Fate.DONE_AND_LOST, Fate.HALF_ANSWERED, Fate.BYE)) {
                for (ArchiveFormat format : ArchiveFormat.values()) {
                    int at = lost;
                    String name = fate + " at command " + lost + " as " + format;
                    cases.put(name, () -> {
                        MailboxImap imap = mailbox().trapping((_, number) -> number == at ? fate : Fate.WELL);
                        Path to = folder.resolve(name);

                        DownloadResult result = downloads.run(Protocol.IMAP, imap, at % 2 == 0 ? 1 : 4, to, format);

                        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
                        assertThat(result.messages()).isEqualTo(68);
                        assertWhole(to, format);
                    });
                }
            }
        }
        Together.run(cases);
    }

    @Test
    void theNextRunCompletesTheSetWhereverTheOneBeforeEnded() throws Exception {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= commands(); lost++) {
            for (Fate fate : List.of(Fate.LOST, Fate.HALF_ANSWERED)) {
                for (ArchiveFormat format : ArchiveFormat.values()) {
                    int at = lost;
                    String name = fate + " at command " + lost + " as " + format;
                    cases.put(name, () -> {
                        MailboxImap imap = mailbox();
                        imap.trapping((_, number) -> {
                            if (number >= at) {
                                imap.limitedTo(0);
                            }
                            return number < at ? Fate.WELL : fate;
                        });
                        Path to = folder.resolve(name);
                        DownloadResult first = downloads.run(Protocol.IMAP, imap, 1, to, format);

                        DownloadResult second = downloads.run(Protocol.IMAP, mailbox(), 3, to, format);

                        assertThat(first.end().outcome()).isEqualTo(Outcome.FAILED);
                        assertThat(second.end().outcome()).isEqualTo(Outcome.COMPLETE);
                        assertThat(first.messages() + second.messages()).isEqualTo(68);
                        assertThat(second.alreadyThere()).isEqualTo(first.messages());
                        assertWhole(to, format);
                    });
                }
            }
        }
        Together.run(cases);
    }

    private int commands() throws Exception {
        MailboxImap whole = mailbox();
        downloads.run(Protocol.IMAP, whole, 1, folder.resolve("whole"), ArchiveFormat.MBOX);
        return whole.commands();
    }

    @Test
    void aCancelledRunGoesOnLater() throws Exception {
        Cancellation cancellation = new Cancellation();
        DownloadResult first;
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            first = downloads.run(
                    Bulk.endpoint(Protocol.IMAP, server, 2),
                    folder,
                    ArchiveFormat.MBOX,
                    DownloadOptions.all(),
                    cancellation,
                    now -> {
                        if (now.messages() == 20) {
                            cancellation.cancel();
                        }
                    });
        }

        DownloadResult second = download(mailbox(), 2);

        assertThat(first.end().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(first.messages()).isBetween(20L, 67L);
        assertThat(second.alreadyThere()).isEqualTo(first.messages());
        assertWhole(folder, ArchiveFormat.MBOX);
    }

    @Test
    void goesOnWithAsManyConnectionsAsTheServerAllows() throws Exception {
        MailboxImap imap = mailbox().limitedTo(2);
        imap.trapping((_, number) -> {
            if (number > 2) {
                imap.awaitRefusals(1);
            }
            return Fate.WELL;
        });

        DownloadResult result = download(imap, 8);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.end().most()).isEqualTo(2);
        assertThat(result.end().progress().notices()).hasOnlyElementsOfType(Notice.Lowered.class);
        assertWhole(folder, ArchiveFormat.MBOX);
    }

    /** A message at which a server breaks down keeps no other away. */
    @Test
    void aMessageThatEndsEveryConnectionIsGivenUpAlone() throws Exception {
        MailboxImap imap = mailbox()
                .trapping((command, _) -> command.matches("UID FETCH (.*,)?91(,.*)? .*BODY.*") ? Fate.LOST : Fate.WELL);

        DownloadResult result = download(imap, 2);

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(Downloads.ids(folder.resolve("INBOX.mbox"))).hasSize(59).doesNotContain("<INBOX.30@x.test>");
        assertThat(givenUp(result)).containsExactly("INBOX, UID 91");
    }

    private static List<String> givenUp(DownloadResult result) {
        return result.end().progress().notices().stream()
                .filter(Notice.GivenUp.class::isInstance)
                .map(notice -> ((Notice.GivenUp) notice).part())
                .toList();
    }

    @Test
    void aMessageAboveTheLimitIsLeftOutAndTold() throws Exception {
        MailboxImap imap = new MailboxImap()
                .folder("INBOX", List.of(message(1, "x".repeat(100)), message(2, "y".repeat(5000)), message(3, "")));
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            DownloadResult result = downloads.run(
                    Bulk.endpoint(Protocol.IMAP, server, 1),
                    folder,
                    ArchiveFormat.MBOX,
                    new DownloadOptions(List.of(), 5000),
                    new Cancellation(),
                    _ -> {});

            assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
            assertThat(givenUp(result)).containsExactly("INBOX, UID 2");
            assertThat(Downloads.ids(folder.resolve("INBOX.mbox"))).containsExactly("<1@x>", "<3@x>");
            assertThat(server.heard()).noneMatch(line -> line.contains("UID FETCH 2 (UID BODY"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aMessageAboveTheLimitIsToldOnceAlsoWhenTheConnectionIsLostMeanwhile(int large) throws Exception {
        List<Message> messages = IntStream.rangeClosed(1, 3)
                .mapToObj(uid -> message(uid, uid == large ? "y".repeat(5000) : "x"))
                .toList();
        AtomicBoolean lost = new AtomicBoolean();
        MailboxImap imap = new MailboxImap()
                .folder("INBOX", messages)
                .trapping((command, _) -> command.contains("BODY") && !lost.getAndSet(true) ? Fate.LOST : Fate.WELL);
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            DownloadResult result = downloads.run(
                    Bulk.endpoint(Protocol.IMAP, server, 1),
                    folder,
                    ArchiveFormat.MBOX,
                    new DownloadOptions(List.of(), 5000),
                    new Cancellation(),
                    _ -> {});

            assertThat(givenUp(result)).containsExactly("INBOX, UID " + large);
            assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
            assertThat(Downloads.ids(folder.resolve("INBOX.mbox"))).hasSize(2);
        }
    }

    private static Message message(long uid, String body) {
        return new Message(uid, "", "", "Message-ID: <" + uid + "@x>\r\n\r\n" + body + "\r\n");
    }

    /** Above what is kept in memory, and above what one deadline and one cap of a reply are for. */
    @Test
    void aLargeMessageComesWhole() throws Exception {
        String text = "Message-ID: <large@x>\r\n\r\n" + "0123456789\r\n".repeat(300_000);
        MailboxImap imap = new MailboxImap().folder("INBOX", List.of(new Message(1, "", "", text)));

        DownloadResult result = download(imap, 1);

        assertThat(result.bytes()).isEqualTo(text.length());
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).containsExactly(text);
        assertThat(folder.resolve(".posthorn")).isDirectoryNotContaining("glob:**/.part-*");
    }

    @Test
    void namedFoldersAreDownloadedAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(mailbox())) {
            DownloadResult result = downloads.run(
                    Bulk.endpoint(Protocol.IMAP, server, 1),
                    folder,
                    ArchiveFormat.MBOX,
                    new DownloadOptions(List.of("Entwürfe", "inbox", "Nowhere"), DownloadOptions.LARGEST),
                    new Cancellation(),
                    _ -> {});

            assertThat(result.folders()).extracting(FolderDownload::name).containsExactly("INBOX", "Entwürfe");
            assertThat(result.messages()).isEqualTo(61);
            assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
            assertThat(givenUp(result)).containsExactly("Nowhere");
        }
    }

    @Test
    void aFolderThatWasNumberedAnewBeginsInAnotherFile() throws Exception {
        download(mailbox(), 1);
        MailboxImap anew = mailbox();
        anew.renumber("Sent");

        DownloadResult result = download(anew, 1);

        assertThat(result.messages()).isEqualTo(7);
        assertThat(Downloads.ids(folder.resolve("Sent.mbox"))).isEqualTo(anew.ids("Sent"));
        assertThat(Downloads.ids(folder.resolve("Sent~2.mbox"))).isEqualTo(anew.ids("Sent"));
        assertThat(result.folders().get(1))
                .returns(true, FolderDownload::renumbered)
                .returns(Optional.of("Sent~2.mbox"), FolderDownload::file);
        assertThat(download(anew, 1).messages()).isZero();
    }

    @Test
    void aMessageThatVanishedMeanwhileIsNoFailure() throws Exception {
        MailboxImap imap = mailbox();
        List<Message> without = imap.messages("Sent").stream()
                .filter(message -> message.uid() != 4)
                .toList();
        AtomicBoolean open = new AtomicBoolean();
        imap.trapping((command, _) -> {
            open.compareAndSet(false, command.matches("EXAMINE \"?Sent\"?"));
            if (open.get() && command.contains("BODY.PEEK")) {
                imap.folder("Sent", without);
            }
            return Fate.WELL;
        });

        DownloadResult result = download(imap, 1);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.folders().get(1).gone()).isEqualTo(1);
        assertThat(Downloads.ids(folder.resolve("Sent.mbox"))).hasSize(6);
    }

    /** What a server can write into the answer to the fetch of messages, and what comes of it. */
    private DownloadResult answered(String... bodies) throws Exception {
        ScriptedServer.Script script = peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
            for (String line = peer.hear(); !line.contains("LOGOUT"); line = peer.hear()) {
                String[] words = line.split(" ", 2);
                if (words[1].startsWith("LIST")) {
                    peer.say("* LIST () \"/\" INBOX");
                } else if (words[1].startsWith("EXAMINE")) {
                    peer.say("* 2 EXISTS", "* OK [UIDVALIDITY 7] valid");
                } else if (words[1].contains("RFC822.SIZE")) {
                    peer.say("* 1 FETCH (UID 5 RFC822.SIZE 20)", "* 2 FETCH (RFC822.SIZE 20 UID 6)");
                } else if (words[1].contains("BODY.PEEK")) {
                    peer.say(bodies);
                }
                peer.say(words[0] + " OK done");
            }
        };
        return downloads.run(Protocol.IMAP, script, 1, folder, ArchiveFormat.MBOX);
    }

    @Test
    void takesWhatWasAskedForInWhateverForm() throws Exception {
        DownloadResult result = answered(
                "* 9 FETCH (UID 99 BODY[] {6}\r\nalien!)",
                "* 1 EXISTS",
                "* 1 FETCH (BODY[] {5}\r\nA: b\n UID 5 FLAGS (\\Seen))",
                "* 1 FETCH (FLAGS () UID 5)",
                "* 1 FETCH (UID 5 BODY[] {5}\r\ntwice)",
                "* 2 FETCH (UID 6 BODY[] \"C: \\\"d\\\"\")");

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).containsExactly("A: b\n", "C: \"d\"\n");
    }

    @Test
    void whatTheServerListsAndDoesNotSendIsGivenUp() throws Exception {
        DownloadResult result = answered("* 1 FETCH (UID 5 BODY[] NIL)", "* 2 FETCH (UID 6 BODY[] {1}\r\nx)");

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(givenUp(result)).containsExactly("INBOX, UID 5");
        assertThat(result.folders().getFirst().failure()).containsInstanceOf(Failure.CommandRejected.class);
    }

    /** None of them is read into memory, and none makes the work go on for ever. */
    @Test
    void noLiteralIsTooLarge() throws Exception {
        List<String> answers = List.of(
                "* 1 FETCH (UID 5 BODY[] {4294967295}",
                "* 1 FETCH (UID 5 BODY[] {100000001}",
                "* 1 FETCH (UID 5 ENVELOPE {9999999999}",
                "* 1 FETCH (UID 5 BODY[] {99999999999999999999}",
                "* 1 FETCH (UID 5 BODY[] {-1}",
                "* 1 FETCH (UID 5 BODY[] {1}\r\nx BODY[] {1}\r\ny)");
        for (String answer : answers) {
            DownloadResult result = answered(answer);

            assertThat(result.end().outcome()).as(answer).isEqualTo(Outcome.PARTLY);
            assertThat(result.messages()).as(answer).isZero();
            assertThat(MailFiles.messages(folder.resolve("INBOX.mbox")))
                    .as(answer)
                    .isEmpty();
        }
    }

    @Test
    void manyFoldersAndMessagesComeOverManyConnections() throws Exception {
        MailboxImap imap = new MailboxImap().folder("INBOX", 1200, 2);
        IntStream.range(0, 40).forEach(number -> imap.folder("Archive/" + number, number, 1));

        DownloadResult result = download(imap, 20);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.messages()).isEqualTo(1200 + 39 * 40 / 2);
        assertThat(Downloads.ids(folder.resolve("INBOX.mbox"))).isEqualTo(imap.ids("INBOX"));
        assertThat(Downloads.ids(folder.resolve("Archive%2F39.mbox"))).isEqualTo(imap.ids("Archive/39"));
        assertThat(result.end().progress())
                .returns(result.messages(), Progress::messages)
                .returns(result.messages(), Progress::expectedMessages);
    }
}
