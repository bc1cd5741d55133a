package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.bulk.SentMessage.Outcome;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.transport.Cancellation;

/** Every message goes out once, or it is told that nobody can know. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class SendingManyTest {
    private final Bulk bulk = new Bulk();

    @AfterEach
    void close() {
        bulk.close();
    }

    /** Takes messages; one command of all, counted from MAIL on, has another fate. */
    private static final class Smtp implements ScriptedServer.Script {
        private final int trap;
        private final String fate;
        private final AtomicInteger commands = new AtomicInteger();
        private final List<String> taken = new CopyOnWriteArrayList<>();

        /**
         * An empty fate ends the connection before anything is done, {@code DONE} after it; all else is the answer.
         */
        Smtp(int trap, String fate) {
            this.trap = trap;
            this.fate = fate;
        }

        @Override
        public void run(ScriptedServer.Peer peer) throws IOException {
            peer.say("220 mail.test");
            List<String> message = new ArrayList<>();
            for (String line = peer.hear(); !line.equals("QUIT"); line = peer.hear()) {
                if (line.startsWith("EHLO") || line.equals("NOOP") || line.equals("RSET")) {
                    peer.say("250 mail.test");
                    continue;
                }
                if (line.equals("DATA")) {
                    if (isEnded(peer, "354 go on")) {
                        return;
                    }
                    if (isTrapped()) {
                        continue;
                    }
                    message.clear();
                    for (String text = peer.hear(); !text.equals("."); text = peer.hear()) {
                        message.add(text);
                    }
                    boolean last = commands.get() + 1 == trap;
                    if (!last || fate.equals("DONE")) {
                        taken.add(number(message));
                    }
                }
                if (isEnded(peer, "250 2.0.0 ok")) {
                    return;
                }
            }
            peer.say("221 bye");
        }

        private boolean isTrapped() {
            return commands.get() == trap;
        }

        private boolean isEnded(ScriptedServer.Peer peer, String answer) throws IOException {
            boolean trapped = commands.incrementAndGet() == trap;
            if (trapped && (fate.isEmpty() || fate.equals("DONE"))) {
                return true;
            }
            peer.say(trapped ? fate : answer);
            return trapped && fate.startsWith("421");
        }

        private static String number(List<String> message) {
            return message.stream()
                    .filter(line -> line.startsWith("X-Posthorn-Number: "))
                    .map(line -> line.substring("X-Posthorn-Number: ".length()))
                    .findFirst()
                    .orElse("none");
        }

        List<String> taken() {
            return taken.stream().sorted().toList();
        }
    }

    private SendingManyResult send(ScriptedServer.Script smtp, int count, int connections) throws Exception {
        return send(smtp, count, connections, List.of("you@x.test"));
    }

    private SendingManyResult send(ScriptedServer.Script smtp, int count, int connections, List<String> recipients)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.of(smtp);
                EmailClient client = bulk.client(Bulk.endpoint(Protocol.SMTP, server, connections))) {
            MessageDraft draft = MessageDraft.of("me@x.test", recipients);
            return new SendingMany(client, draft, count, Clock.systemUTC()).run(new Cancellation(), _ -> {});
        }
    }

    private static List<String> numbers(SendingManyResult result, Outcome outcome) {
        return result.messages().stream()
                .filter(message -> message.outcome() == outcome)
                .map(message -> message.number() + " of 4")
                .toList();
    }

    @Test
    void eachMessageHasANumberAndAnIdOfItsOwn() throws Exception {
        Smtp smtp = new Smtp(0, "");

        SendingManyResult result = send(smtp, 4, 3);

        assertThat(result.end().outcome()).isEqualTo(WorkEnd.Outcome.COMPLETE);
        assertThat(smtp.taken()).containsExactly("1 of 4", "2 of 4", "3 of 4", "4 of 4");
        assertThat(result.messages())
                .allMatch(message -> message.outcome() == Outcome.ACCEPTED)
                .allMatch(message -> message.serverText().equals(Optional.of("250 2.0.0 ok")))
                .extracting(message -> message.messageId().orElseThrow())
                .doesNotHaveDuplicates();
    }

    @Test
    void aRecipientThatIsRefusedIsNotPassedOver() throws Exception {
        Smtp smtp = new Smtp(3, "550 5.1.1 no such user");

        SendingManyResult result = send(smtp, 2, 1, List.of("you@x.test", "nobody@x.test"));

        assertThat(result.messages())
                .extracting(message -> message.outcome())
                .containsExactly(Outcome.PARTLY, Outcome.ACCEPTED);
        assertThat(result.end().outcome()).isEqualTo(WorkEnd.Outcome.PARTLY);
    }

    /** Four commands for each message: MAIL, RCPT, DATA and the final dot. */
    @Test
    void noneIsSentTwiceWhereverTheConnectionEnds() throws Exception {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int lost = 1; lost <= 16; lost++) {
            for (String fate : List.of("", "DONE", "421 4.3.2 going down")) {
                for (int connections : List.of(1, 3)) {
                    int at = lost;
                    cases.put(fate + " at " + at + " of " + connections, () -> {
                        Smtp smtp = new Smtp(at, fate);

                        SendingManyResult result = send(smtp, 4, connections);

                        assertThat(smtp.taken()).doesNotHaveDuplicates();
                        assertThat(numbers(result, Outcome.ACCEPTED)).isSubsetOf(smtp.taken());
                        assertThat(result.count(Outcome.ACCEPTED) + result.count(Outcome.UNKNOWN))
                                .isEqualTo(4);
                        assertThat(result.count(Outcome.UNKNOWN)).isLessThanOrEqualTo(1);
                        if (connections == 1) {
                            assertThat(result.count(Outcome.UNKNOWN)).isEqualTo(at % 4 == 0 ? 1 : 0);
                        }
                        assertThat(result.end().outcome())
                                .isEqualTo(
                                        result.count(Outcome.UNKNOWN) == 0
                                                ? WorkEnd.Outcome.COMPLETE
                                                : WorkEnd.Outcome.PARTLY);
                    });
                }
            }
        }
        Together.run(cases);
    }

    @Test
    void aServerThatSaysLaterIsAskedAgainAtASlowerPace() throws Exception {
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        for (int command = 1; command <= 4; command++) {
            int at = command;
            cases.put("command " + at, () -> {
                Smtp smtp = new Smtp(at, "451 4.7.1 slower please");

                SendingManyResult result = send(smtp, 4, 1);

                assertThat(smtp.taken()).containsExactly("1 of 4", "2 of 4", "3 of 4", "4 of 4");
                assertThat(result.end().outcome()).isEqualTo(WorkEnd.Outcome.COMPLETE);
                assertThat(result.end().progress().notices())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Notice.Slowed.class,
                                slowed -> assertThat(slowed.failure().serverText())
                                        .contains("451 4.7.1 slower please"));
            });
        }
        Together.run(cases);
    }

    @Test
    void aMessageThatIsRefusedDoesNotKeepBackTheOthers() throws Exception {
        Smtp smtp = new Smtp(5, "550 5.7.1 not that one");

        SendingManyResult result = send(smtp, 4, 1);

        assertThat(smtp.taken()).containsExactly("1 of 4", "3 of 4", "4 of 4");
        assertThat(result.end().outcome()).isEqualTo(WorkEnd.Outcome.PARTLY);
        assertThat(numbers(result, Outcome.REFUSED)).containsExactly("2 of 4");
        assertThat(result.messages().get(1).serverText()).contains("550 5.7.1 not that one");
    }
}
