package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.imap.ImapAnswer;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.client.pop3.Pop3Answer;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** Which commands of POP3 and IMAP go together, and whose reply is whose. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class PipelineTest {
    private final Checks checks = new Checks();
    private final List<List<String>> groups = new ArrayList<>();

    @AfterEach
    void close() {
        checks.close();
    }

    private interface Answering {
        void run(ScriptedServer.Peer peer, List<String> group) throws IOException;
    }

    /** Answers what came together when no more comes. */
    private ScriptedServer.Script grouping(Protocol protocol, Answering answering) {
        return peer -> {
            if (protocol == Protocol.IMAP) {
                peer.say("* PREAUTH [CAPABILITY IMAP4rev1] hello");
                peer.answer("TAG OK");
            } else {
                peer.say("+OK hello");
                peer.hear();
                peer.say("+OK", "PIPELINING", ".");
            }
            while (true) {
                List<String> group = new ArrayList<>(List.of(peer.hear()));
                while (!peer.isSilent()) {
                    group.add(peer.hear());
                }
                groups.add(group);
                if (group.equals(List.of("QUIT"))) {
                    peer.say("+OK");
                    return;
                }
                if (group.getFirst().endsWith(" LOGOUT")) {
                    peer.say("* BYE", group.getFirst().split(" ", -1)[0] + " OK");
                    return;
                }
                answering.run(peer, group);
            }
        };
    }

    private MailConnection connect(ScriptedServer server, Protocol protocol) {
        Endpoint endpoint = Checks.endpoint(protocol, server, TlsMode.NONE);
        return checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {});
    }

    private List<Pop3Answer> pop3(boolean pipelined, List<Pop3Command> commands, Answering answering) throws Exception {
        List<Pop3Answer> answers = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.of(grouping(Protocol.POP3, answering));
                MailConnection connection = connect(server, Protocol.POP3)) {
            connection.perform((_, transport) -> {
                new Pop3Pipeline(transport, Endpoint.of(Protocol.POP3, "x"), pipelined).run(commands, answers::add);
                return answers;
            });
        }
        groups.removeIf(List.of("QUIT")::equals);
        return answers;
    }

    private List<ImapAnswer> imap(boolean pipelined, List<String> commands, Answering answering) throws Exception {
        List<ImapAnswer> answers = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.of(grouping(Protocol.IMAP, answering));
                MailConnection connection = connect(server, Protocol.IMAP)) {
            connection.perform((_, transport) -> {
                new ImapPipeline(transport, Endpoint.of(Protocol.IMAP, "x"), pipelined)
                        .run(commands.stream().map(ImapCommand::new).toList(), answers::add);
                return answers;
            });
        }
        groups.removeIf(group -> group.getFirst().endsWith(" LOGOUT"));
        return answers;
    }

    private static void sayOk(ScriptedServer.Peer peer, List<String> group) throws IOException {
        for (String line : group) {
            peer.say(line.startsWith("p") ? line.split(" ", -1)[0] + " OK" : "+OK");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("use_pipelining: POP3 commands go out together")
    void pipelining_sendsPop3CommandsTogether(boolean pipelined) throws Exception {
        List<Pop3Answer> answers = pop3(
                pipelined, List.of(Pop3Command.dele(1), Pop3Command.uidl(2), Pop3Command.retr(3)), (peer, group) -> {
                    for (String line : group) {
                        switch (line) {
                            case "DELE 1" -> peer.say("-ERR no");
                            case "UIDL 2" -> peer.say("+OK 2 x");
                            default -> peer.send("+OK\r\n..a\r\n\377\r\n.\r\n".getBytes(StandardCharsets.ISO_8859_1));
                        }
                    }
                });

        assertThat(groups)
                .isEqualTo(
                        pipelined
                                ? List.of(List.of("DELE 1", "UIDL 2", "RETR 3"))
                                : List.of(List.of("DELE 1"), List.of("UIDL 2"), List.of("RETR 3")));
        assertThat(answers)
                .extracting(
                        answer -> answer.command().text() + " " + answer.reply().ok() + " " + answer.texts())
                .containsExactly("DELE 1 false []", "UIDL 2 true []", "RETR 3 true [.a, \377]");
    }

    @Test
    void pipelining_neverFillsBothDirections() throws Exception {
        byte[] large = ("+OK\r\n" + "x".repeat(998) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        List<Pop3Command> commands =
                IntStream.rangeClosed(1, 2000).mapToObj(Pop3Command::retr).toList();

        List<Pop3Answer> answers = pop3(true, commands, (peer, group) -> {
            for (String _ : group) {
                peer.send(large);
                peer.say(".");
            }
        });

        assertThat(answers).hasSize(2000);
        assertThat(groups)
                .hasSizeGreaterThan(4)
                .allSatisfy(group -> assertThat(group.stream()
                                .mapToInt(line -> line.length() + 2)
                                .sum())
                        .isLessThanOrEqualTo(4096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"* OK", "+OK\r\n+OK", "+OKAY"})
    void pop3_endsTheConnectionWhenTheRepliesDoNotFit(String reply) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> pop3(true, List.of(Pop3Command.dele(1)), (peer, _) -> peer.say(reply)))
                .satisfies(e -> assertThat(e.failure().kind()).isEqualTo("ProtocolViolation"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("use_pipelining: IMAP replies are matched by their tags")
    void pipelining_matchesImapRepliesByTheirTags(boolean pipelined) throws Exception {
        List<ImapAnswer> answers =
                imap(pipelined, List.of("STATUS a (MESSAGES)", "STATUS b (MESSAGES)"), (peer, group) -> {
                    List<String> backwards = new ArrayList<>(group);
                    Collections.reverse(backwards);
                    for (String line : backwards) {
                        peer.say(
                                "* STATUS " + line.split(" ", -1)[2],
                                line.split(" ", -1)[0] + " NO [NONEXISTENT] " + line);
                    }
                });

        assertThat(groups).hasSize(pipelined ? 1 : 2);
        assertThat(answers).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.reply().tagged()).endsWith(answer.command().text());
            assertThat(answer.reply().untagged())
                    .containsExactly("* STATUS " + answer.command().text().split(" ", -1)[1]);
            assertThat(answer.reply().code()).contains("NONEXISTENT");
        });
    }

    /** RFC 9051 §5.5: numbers may change under any command but FETCH, STORE and SEARCH. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "FETCH 1 FLAGS,STORE 1 +FLAGS (\\Seen); 1",
                "FETCH 1 FLAGS,UID FETCH 5 FLAGS; 1",
                "UID FETCH 5 FLAGS,UID STORE 5 +FLAGS (\\Seen); 1",
                "UID FETCH 5 FLAGS,FETCH 1 FLAGS; 2",
                "NOOP,FETCH 1 FLAGS; 2",
                "NOOP,COPY 1 b; 2",
                "SELECT a,UID FETCH 1 FLAGS; 2",
                "STATUS a (UNSEEN),SELECT a; 2",
            })
    void pipelining_neverMakesImapAmbiguous(String commands, int writes) throws Exception {
        imap(true, List.of(commands.split(",", -1)), PipelineTest::sayOk);

        assertThat(groups).hasSize(writes);
    }

    @ParameterizedTest
    @CsvSource({
        "p9 OK, ProtocolViolation",
        "+ go, ProtocolViolation",
        "p1 MAYBE, ProtocolViolation",
        "p1, ProtocolViolation"
    })
    void imap_endsTheConnectionWhenTheRepliesDoNotFit(String reply, String kind) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> imap(true, List.of("NOOP", "NOOP"), (peer, _) -> peer.say(reply)))
                .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(kind));
    }

    @Test
    void imap_tellsTheFarewellInTheMiddle() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> imap(true, List.of("NOOP", "NOOP"), (peer, _) -> {
                    peer.say("* BYE out", "p1 OK");
                    peer.reset();
                }))
                .satisfies(e -> assertThat(e.failure().kind()).isIn("ServerEnded", "ConnectionLost"));
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP, PIPELINING, AUTO, true, true",
        "SMTP, HELP, AUTO, false, false",
        "SMTP, HELP, ON, false, true",
        "SMTP, PIPELINING, OFF, true, false",
        "POP3, PIPELINING, AUTO, true, true",
        "POP3, UIDL, AUTO, false, false",
        "IMAP, IDLE, AUTO, true, true",
        "IMAP, IDLE, OFF, true, false",
    })
    @DisplayName("use_pipelining: tells whether the server supports it and whether it is in force")
    void pipelining_tellsWhetherItIsSupportedAndInForce(
            Protocol protocol, String capability, Pipelining setting, boolean supported, boolean inForce)
            throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            switch (protocol) {
                case IMAP -> peer.say("* PREAUTH [CAPABILITY IMAP4rev1 " + capability + "] hello");
                case POP3 -> {
                    peer.say("+OK");
                    peer.hear();
                    peer.say("+OK", capability, ".");
                }
                case SMTP -> {
                    peer.say("220 x");
                    peer.hear();
                    peer.say("250-x", "250 " + capability);
                }
            }
            peer.hear();
            if (protocol == Protocol.POP3) {
                peer.say("+OK");
            } else {
                peer.say("221 bye");
            }
        })) {
            Endpoint endpoint = Checks.endpoint(protocol, server, TlsMode.NONE)
                    .withConnections(ConnectionSettings.defaults().withPipelining(setting));
            CheckResult result = checks.run(endpoint, new CheckOptions(false, Optional.of(Phase.CAPABILITIES)));

            PipeliningState state = result.pipelining().orElseThrow();
            assertThat(state.supported()).isEqualTo(supported);
            assertThat(state.inForce()).isEqualTo(inForce);
        }
    }
}
