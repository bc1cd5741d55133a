package org.posthorn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.demo.DemoServer;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.transport.Cancellation;

/** A message is sent, found again, and it alone deleted. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class RoundTripTest {
    private static final String ME = "demo@posthorn.example";
    private static final MessageMark MARK = new MessageMark("<m@x.test>", "mark-1");
    private static final FindingOptions ONCE = new FindingOptions(Duration.ZERO, true);

    private final Checks checks = new Checks();

    @AfterEach
    void close() {
        checks.close();
    }

    private SendingResult send(Endpoint endpoint) {
        return new MessageTest(checks.connector(), Clock.systemUTC())
                .run(endpoint, MessageDraft.of(ME, List.of(ME)), CheckOptions.complete(), new Cancellation(), _ -> {});
    }

    private RoundTripResult find(Endpoint endpoint, MessageMark mark, FindingOptions options) {
        return find(endpoint, mark, options, new Cancellation());
    }

    private RoundTripResult find(
            Endpoint endpoint, MessageMark mark, FindingOptions options, Cancellation cancellation) {
        return new RoundTrip(checks.connector())
                .find(endpoint, mark, System.nanoTime(), options, CheckOptions.complete(), cancellation, _ -> {});
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAP", "POP3"})
    void findsTheMessageAndDeletesItAlone(Protocol protocol) {
        try (DemoServer demo = DemoServer.start()) {
            Endpoint smtp = demo.endpoint(Protocol.SMTP, TlsMode.IMPLICIT);
            Endpoint mailbox = demo.endpoint(protocol, TlsMode.IMPLICIT);
            SendingResult older = send(smtp);
            SendingResult sent = send(smtp);
            assertThat(sent.outcome()).isEqualTo(SendingOutcome.SENT);

            RoundTripResult found = find(mailbox, older.message().orElseThrow().mark(), FindingOptions.defaults());

            assertThat(found.outcome()).as(checks.logText()).isEqualTo(RoundTripResult.Outcome.FOUND);
            assertThat(found.found().orElseThrow().hops()).isNotEmpty();
            assertThat(found.found().orElseThrow().deletion()).isIn(Deletion.DELETED, Deletion.MARKED);
            FindingOptions keep = new FindingOptions(Duration.ofSeconds(5), false);
            for (int i = 0; i < 2; i++) {
                RoundTripResult kept =
                        find(mailbox, sent.message().orElseThrow().mark(), keep);
                assertThat(kept.found().map(FoundMessage::deletion)).contains(Deletion.KEPT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAP", "POP3"})
    void endsWithItsPatience(Protocol protocol) {
        try (DemoServer demo = DemoServer.start()) {
            RoundTripResult missing =
                    find(demo.endpoint(protocol, TlsMode.NONE), MARK, new FindingOptions(Duration.ofSeconds(2), true));

            assertThat(missing.outcome()).isEqualTo(RoundTripResult.Outcome.NOT_FOUND);
            assertThat(missing.looks()).isGreaterThan(1);
        }
    }

    @Test
    void endsAtACancelWhileItWaits() {
        try (DemoServer demo = DemoServer.start()) {
            Cancellation cancellation = new Cancellation();
            checks.log().subscribe(event -> {
                if (event.text().contains("OK SEARCH")) {
                    Thread.ofVirtual().start(cancellation::cancel);
                }
            });

            RoundTripResult result = find(
                    demo.endpoint(Protocol.IMAP, TlsMode.NONE),
                    MARK,
                    new FindingOptions(Duration.ofMinutes(5), true),
                    cancellation);

            assertThat(result.outcome()).isEqualTo(RoundTripResult.Outcome.CANCELLED);
        }
    }

    /** An IMAP server with the message at UID 7, in the inbox or among the junk. */
    private static ScriptedServer.Script imap(String capabilities, String folder, String mark) {
        return peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 " + capabilities + "] hello");
            String selected = "";
            while (true) {
                String[] words = peer.hear().split(" ", 3);
                String tag = words[0];
                String rest = words.length > 2 ? words[2] : "";
                switch (words[1]) {
                    case "LIST" ->
                        peer.say("* LIST (\\HasNoChildren) \"/\" INBOX", "* LIST (\\Junk) \"/\" \"Spam box\"");
                    case "EXAMINE", "SELECT" -> selected = rest.replace("\"", "");
                    case "UID" -> {
                        if (rest.startsWith("SEARCH")) {
                            peer.say(selected.equals(folder) ? "* SEARCH 7" : "* SEARCH");
                        } else if (rest.startsWith("FETCH")) {
                            String headers = "Received: by a\r\nX-Posthorn-Mark: " + mark + "\r\n\r\n";
                            peer.say("* 1 FETCH (UID 7 BODY[HEADER] {" + headers.length() + "}", headers + ")");
                        }
                    }
                    case "LOGOUT" -> {
                        peer.say("* BYE", tag + " OK");
                        return;
                    }
                    default -> {}
                }
                peer.say(tag + " OK done");
            }
        };
    }

    private List<String> commands(ScriptedServer server) {
        return server.heard().stream()
                .filter(line -> line.startsWith("p"))
                .map(line -> line.replaceFirst("p\\d+ ", ""))
                .toList();
    }

    @Test
    void looksByExamineAndRemovesByUidExpunge() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap("UIDPLUS", "INBOX", "mark-1"))) {
            RoundTripResult found = find(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE), MARK, ONCE);

            assertThat(found.found().orElseThrow().deletion()).isEqualTo(Deletion.DELETED);
            assertThat(commands(server))
                    .containsExactly(
                            "LIST \"\" \"*\"",
                            "EXAMINE INBOX",
                            "UID SEARCH OR HEADER X-Posthorn-Mark \"mark-1\" HEADER Message-ID \"<m@x.test>\"",
                            "UID FETCH 7 (BODY.PEEK[HEADER])",
                            "SELECT INBOX",
                            "UID STORE 7 +FLAGS.SILENT (\\Deleted)",
                            "UID EXPUNGE 7",
                            "EXAMINE INBOX");
        }
    }

    @Test
    void expungesNothingWithoutUidplusSinceOthersWouldGoToo() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap("IDLE", "INBOX", "mark-1"))) {
            RoundTripResult found = find(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE), MARK, ONCE);

            assertThat(found.found().orElseThrow().deletion()).isEqualTo(Deletion.MARKED);
            assertThat(commands(server)).noneMatch(line -> line.contains("EXPUNGE") || line.contains("CLOSE"));
        }
    }

    @Test
    void looksAmongTheJunkToo() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap("UIDPLUS", "Spam box", "mark-1"))) {
            RoundTripResult found = find(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE), MARK, ONCE);

            assertThat(found.found().orElseThrow().folder()).isEqualTo("\"Spam box\"");
        }
    }

    @Test
    void deletesByPop3TheMessageThatBearsTheMarkHoweverLongTheLinesOfTheOthers() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("+OK hello");
            while (true) {
                String command = peer.hear();
                switch (command) {
                    case "CAPA" -> peer.say("+OK", "UIDL", "TOP", ".");
                    case "STAT" -> peer.say("+OK 2 200");
                    case "UIDL" -> peer.say("+OK", "1 one", "2 two", ".");
                    case "TOP 1 0" -> peer.say("+OK", "X-Posthorn-Mark: mark-1", "", ".");
                    case "TOP 2 0" -> peer.say("+OK", "X-Posthorn-Mark: mark-10", "X: " + "x".repeat(300_000), "", ".");
                    default -> peer.say("+OK");
                }
                if (command.equals("QUIT")) {
                    return;
                }
            }
        })) {
            RoundTripResult found = find(Checks.endpoint(Protocol.POP3, server, TlsMode.NONE), MARK, ONCE);

            assertThat(found.found().orElseThrow().deletion()).isEqualTo(Deletion.DELETED);
            assertThat(server.heard())
                    .filteredOn(line -> line.startsWith("DELE"))
                    .containsExactly("DELE 1");
        }
    }

    @Test
    @DisplayName(
            "read_only: the message is found by EXAMINE and left, and nothing is sent that could change the mailbox")
    void leavesTheMessageInAReadOnlyImapMailbox() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap("UIDPLUS", "INBOX", "mark-1"))) {
            RoundTripResult found = find(readOnly(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)), MARK, ONCE);

            assertThat(found.found().orElseThrow().deletion()).isEqualTo(Deletion.READ_ONLY);
            assertThat(commands(server))
                    .containsExactly(
                            "LIST \"\" \"*\"",
                            "EXAMINE INBOX",
                            "UID SEARCH OR HEADER X-Posthorn-Mark \"mark-1\" HEADER Message-ID \"<m@x.test>\"",
                            "UID FETCH 7 (BODY.PEEK[HEADER])");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAP", "POP3"})
    @DisplayName("read_only: the message can be found again as often as it is looked for")
    void findsTheMessageAgainInAReadOnlyMailbox(Protocol protocol) {
        try (DemoServer demo = DemoServer.start()) {
            SendingResult sent = send(demo.endpoint(Protocol.SMTP, TlsMode.IMPLICIT));
            Endpoint mailbox = readOnly(demo.endpoint(protocol, TlsMode.IMPLICIT));

            for (int i = 0; i < 2; i++) {
                RoundTripResult found =
                        find(mailbox, sent.message().orElseThrow().mark(), FindingOptions.defaults());
                assertThat(found.found().map(FoundMessage::deletion)).contains(Deletion.READ_ONLY);
            }
        }
    }

    private static Endpoint readOnly(Endpoint mailbox) {
        return mailbox.withConnections(mailbox.connections().withReadOnly(true));
    }

    @Test
    void deletesNoMessageThatBearsAnotherMark() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap("UIDPLUS", "INBOX", "mark-10"))) {
            RoundTripResult missing = find(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE), MARK, ONCE);

            assertThat(missing.outcome()).isEqualTo(RoundTripResult.Outcome.NOT_FOUND);
            assertThat(commands(server)).noneMatch(line -> line.contains("STORE"));
        }
    }

    @ParameterizedTest
    @CsvSource({"p1 NO no, CommandRejected", "nonsense, ProtocolViolation"})
    void tellsWhyTheMailboxCouldNotBeLookedInto(String answer, String kind) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
            peer.answer("TAG OK");
            peer.hear();
            peer.say(answer.replace("p1 NO", "p1 OK"));
            peer.hear();
            peer.say(answer.replace("p1", "p2"));
            peer.ignore();
        })) {
            RoundTripResult failed = find(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE), MARK, ONCE);

            assertThat(failed.outcome()).isEqualTo(RoundTripResult.Outcome.FAILED);
            assertThat(failed.session().timeline().failure().map(Failure::kind)).contains(kind);
        }
    }
}
