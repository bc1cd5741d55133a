package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.imap.ImapAppend;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Transport;

/** A read-only mailbox hears only what changes nothing, whoever asks for more. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class ReadOnlyTest {
    private final Checks checks = new Checks();

    @AfterEach
    void close() {
        checks.close();
    }

    private interface Work {
        void run(Transport transport, Endpoint endpoint) throws FailureException;
    }

    private static ScriptedServer.Script agreeing(Protocol protocol) {
        return peer -> {
            peer.say(protocol == Protocol.IMAP ? "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+] hello" : "+OK hello");
            if (protocol == Protocol.POP3) {
                peer.hear();
                peer.say("+OK", ".");
            }
            String line = "";
            while (!line.equals("QUIT") && !line.endsWith(" LOGOUT")) {
                line = peer.hear();
                String tag = line.split(" ", 2)[0];
                if (protocol == Protocol.POP3) {
                    peer.say("+OK 1 1");
                } else {
                    peer.say(tag + " OK");
                }
            }
        };
    }

    /** What the server heard of the work on a mailbox that is read-only or not. */
    private List<String> heard(Protocol protocol, boolean readOnly, Work work) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(agreeing(protocol))) {
            Endpoint plain = Checks.endpoint(protocol, server, TlsMode.NONE);
            Endpoint endpoint = plain.withConnections(plain.connections().withReadOnly(readOnly));
            try (MailConnection connection =
                    checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
                if (readOnly) {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> perform(connection, endpoint, work))
                            .withMessageContaining("read-only");
                } else {
                    perform(connection, endpoint, work);
                }
            }
            return server.heard().stream()
                    .filter(line -> !line.matches("CAPA|QUIT|a\\d+ .*"))
                    .toList();
        }
    }

    private static boolean perform(MailConnection connection, Endpoint endpoint, Work work) throws FailureException {
        return connection.perform((_, transport) -> {
            work.run(transport, endpoint);
            return true;
        });
    }

    private static Work imap(String... commands) {
        return (transport, endpoint) -> new ImapPipeline(transport, endpoint, true)
                .run(List.of(commands).stream().map(ImapCommand::new).toList(), _ -> {});
    }

    private static Work pop3(Pop3Command... commands) {
        return (transport, endpoint) -> new Pop3Pipeline(transport, endpoint, true).run(List.of(commands), _ -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT INBOX",
                "STORE 1 +FLAGS (\\Seen)",
                "UID STORE 1 +FLAGS (\\Deleted)",
                "uid store 1 +FLAGS (\\Deleted)",
                "EXPUNGE",
                "UID EXPUNGE 1",
                "COPY 1 b",
                "UID COPY 1 b",
                "MOVE 1 b",
                "UID MOVE 1 b",
                "CREATE b",
                "DELETE b",
                "RENAME b c",
                "SUBSCRIBE b",
                "UNSUBSCRIBE b",
                "SETACL b anyone r",
                "SETMETADATA b (/shared/comment x)",
                "XTRA",
                "STATUS b (UNSEEN)\r\nx1 DELETE b"
            })
    @DisplayName("read_only: no IMAP command is sent but those that are known to change nothing")
    void imapCommandsThatMayChangeAMailboxAreNotSent(String command) throws Exception {
        assertThat(heard(Protocol.IMAP, true, imap("NOOP", command))).isEmpty();
    }

    @Test
    void withoutReadOnlyTheSameCommandsAreSent() throws Exception {
        assertThat(heard(Protocol.IMAP, false, imap("NOOP", "CREATE b"))).containsExactly("p1 NOOP", "p2 CREATE b");
        assertThat(heard(Protocol.POP3, false, pop3(Pop3Command.dele(1)))).containsExactly("DELE 1");
    }

    @Test
    @DisplayName("read_only: no message is appended")
    void noMessageIsAppended() throws Exception {
        var message =
                new ImapAppend.Message(MailboxName.of("INBOX"), List.of(), Optional.empty(), 1, out -> out.write('x'));
        Work append = (transport, endpoint) ->
                new ImapAppend(transport, endpoint, List.of("LITERAL+")).append(message, () -> {});

        assertThat(heard(Protocol.IMAP, true, append)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELE 1", "dele 1", "XTND XLST", "LIST 1\r\nDELE 1"})
    @DisplayName("read_only: no POP3 command is sent but those that are known to change nothing")
    void pop3CommandsThatMayChangeAMailboxAreNotSent(String command) throws Exception {
        assertThat(heard(Protocol.POP3, true, pop3(Pop3Command.stat(), new Pop3Command(command, false))))
                .isEmpty();
    }
}
