package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.bulk.WorkEnd.Outcome;
import org.posthorn.testkit.MailFiles;
import org.posthorn.testkit.MailboxImap.Fate;
import org.posthorn.testkit.MailboxPop3;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.transport.Cancellation;

/** Every message of a POP3 mailbox comes once, whatever becomes of the connection. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class Pop3DownloadTest {
    private static final List<String> MESSAGES = IntStream.range(0, 120)
            .mapToObj(number ->
                    "Message-ID: <" + number + "@x>\r\n\r\n.\r\n..two\r\nFrom here\r\n" + "z".repeat(number) + "\r\n")
            .toList();

    private final Bulk bulk = new Bulk();
    private final Downloads downloads = new Downloads(bulk);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        bulk.close();
    }

    private DownloadResult download(ScriptedServer.Script script, Path to, DownloadOptions options) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(script)) {
            return downloads.run(endpoint(server, 1), to, ArchiveFormat.MBOX, options, new Cancellation(), _ -> {});
        }
    }

    private static Endpoint endpoint(ScriptedServer server, int connections) {
        return Bulk.endpoint(Protocol.POP3, server, connections)
                .withLogin(Login.password("alice", Secret.of("secret")));
    }

    private DownloadResult download(ScriptedServer.Script script, Path to) throws Exception {
        return download(script, to, DownloadOptions.all());
    }

    @Test
    void eachMessageComesByteForByte() throws Exception {
        List<String> messages = List.of(
                "Subject: a\r\n\r\n.\r\n..\r\n.x\r\nnul \0 and \u00ff\r\nbare\nFrom x\r\n",
                "Subject: long line\r\n\r\n" + "w".repeat(200_000) + "\r\n",
                "");

        DownloadResult result = download(new MailboxPop3(messages), folder);

        assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.folders()).extracting(FolderDownload::name).containsExactly("INBOX");
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).containsExactlyElementsOf(messages);
    }

    @Test
    void nothingIsChangedOnTheServerAndOneConnectionIsTaken() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(new MailboxPop3(MESSAGES))) {
            downloads.run(endpoint(server, 1), folder, ArchiveFormat.MBOX);

            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.heard()).allMatch(line -> line.matches("(CAPA|USER|PASS|NOOP|UIDL|LIST|RETR|QUIT).*"));
        }
    }

    @Test
    void severalConnectionsShareTheMessagesWhereTheyAreAskedFor() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(new MailboxPop3(MESSAGES))) {
            DownloadResult result = downloads.run(endpoint(server, 3), folder, ArchiveFormat.MAILDIR);

            assertThat(result.messages()).isEqualTo(120);
            assertThat(MailFiles.messages(folder.resolve("INBOX"))).containsExactlyInAnyOrderElementsOf(MESSAGES);
        }
    }

    @Test
    void losesNothingWhenTheConnectionEndsAtAnyCommand() throws Exception {
        MailboxPop3 whole = new MailboxPop3(MESSAGES);
        download(whole, folder.resolve("whole"));
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= whole.commands(); lost++) {
            for (Fate fate : List.of(Fate.LOST, Fate.HALF_ANSWERED)) {
                int at = lost;
                cases.put(fate + " at " + lost, () -> {
                    MailboxPop3 pop3 =
                            new MailboxPop3(MESSAGES).trapping((_, number) -> number == at ? fate : Fate.WELL);
                    Path to = folder.resolve(fate + "-" + at);

                    DownloadResult result = download(pop3, to);

                    assertThat(result.end().outcome()).isEqualTo(Outcome.COMPLETE);
                    assertThat(MailFiles.messages(to.resolve("INBOX.mbox")))
                            .containsExactlyInAnyOrderElementsOf(MESSAGES);
                });
            }
        }
        Together.run(cases);
    }

    @Test
    void theNextRunCompletesTheSet() throws Exception {
        MailboxPop3 pop3 = new MailboxPop3(MESSAGES);
        pop3.trapping((_, number) -> {
            if (number == 40) {
                pop3.refuse();
            }
            return number < 40 ? Fate.WELL : Fate.HALF_ANSWERED;
        });
        DownloadResult first = download(pop3, folder);

        DownloadResult second = download(new MailboxPop3(MESSAGES), folder);

        assertThat(first.end().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(first.messages()).isEqualTo(37);
        assertThat(second.alreadyThere()).isEqualTo(37);
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).containsExactlyElementsOf(MESSAGES);
    }

    @Test
    void aMessageThatIsTooLargeOrRefusedIsGivenUpAlone() throws Exception {
        ScriptedServer.Script script = peer -> {
            peer.say("+OK");
            for (String line = peer.hear(); !line.equals("QUIT"); line = peer.hear()) {
                switch (line) {
                    case "CAPA" -> peer.say("-ERR");
                    case "UIDL" -> peer.say("+OK", "1 same", "2 same", "3 other", ".");
                    case "LIST" -> peer.say("+OK", "1 3", "2 502", "3 3", ".");
                    case "RETR 1" -> peer.say("+OK", "a", ".");
                    case "RETR 3" -> peer.say("-ERR locked");
                    default -> peer.say("+OK");
                }
            }
            peer.say("+OK");
        };

        DownloadResult result = download(script, folder, new DownloadOptions(List.of(), 500));

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(result.end().progress().notices()).hasSize(2).allMatch(Notice.GivenUp.class::isInstance);
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).containsExactly("a\r\n");
    }

    @Test
    void aServerThatNamesNoMessagesIsTold() throws Exception {
        ScriptedServer.Script script = peer -> {
            peer.say("+OK");
            for (String line = peer.hear(); !line.equals("QUIT"); line = peer.hear()) {
                peer.say(line.equals("UIDL") || line.equals("CAPA") ? "-ERR unknown" : "+OK");
            }
            peer.say("+OK");
        };

        DownloadResult result = download(script, folder);

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(result.end().progress().notices())
                .singleElement()
                .isInstanceOfSatisfying(
                        Notice.GivenUp.class, given -> assertThat(given.part()).isEqualTo("the list of messages"));
    }

    /** One that never ends is cut off at the limit. */
    @Test
    void noMessageIsLargerThanTheLimitWhateverWasAnnounced() throws Exception {
        ScriptedServer.Script script = peer -> {
            peer.say("+OK");
            for (String line = peer.hear(); !line.equals("QUIT"); line = peer.hear()) {
                switch (line) {
                    case "CAPA" -> peer.say("-ERR");
                    case "UIDL" -> peer.say("+OK", "1 one", ".");
                    case "LIST" -> peer.say("+OK", "1 3", ".");
                    case "RETR 1" -> {
                        peer.say("+OK");
                        while (true) {
                            peer.say("x".repeat(1000));
                        }
                    }
                    default -> peer.say("+OK");
                }
            }
        };

        DownloadResult result = download(script, folder, new DownloadOptions(List.of(), 1_000_000));

        assertThat(result.end().outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(MailFiles.messages(folder.resolve("INBOX.mbox"))).isEmpty();
    }
}
