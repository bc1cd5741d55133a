package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.imap.ImapAnswer;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.FailureException;

/** Thousands of operations of many threads, half of them virtual: each has its own reply, and nothing is left. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ManyThreadsTest {
    private static final int TASKS = 40;
    private static final int OPERATIONS = 50;

    private final ManualTimer timer = new ManualTimer();
    private final Checks checks = new Checks();
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger farewells = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger replies = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void endTheTimers() {
        timer.shutdownNow();
        checks.close();
    }

    /** Repeats in its reply what it was asked for; after each so many commands it cuts the connection instead. */
    private ScriptedServer.Script repeating(int cutsAt) {
        return peer -> {
            open.incrementAndGet();
            try {
                peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
                for (String[] words = words(peer); !words[1].equals("LOGOUT"); words = words(peer)) {
                    if (words[1].startsWith("LIST") && commands.incrementAndGet() % cutsAt == 0) {
                        peer.cut();
                        return;
                    }
                    peer.say("* LIST () \"/\" " + words[1].replaceAll("\\D", ""), words[0] + " OK");
                }
                farewells.incrementAndGet();
                peer.say("* BYE");
            } finally {
                open.decrementAndGet();
            }
        };
    }

    private static String[] words(ScriptedServer.Peer peer) throws IOException {
        return peer.hear().split(" ", 2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("connection_asgmt_mode: many threads at once get their own replies, and nothing is left")
    void manyThreadsAtOnceGetTheirOwnReplies(ConnectionAssignment assignment) throws Exception {
        work(assignment, Integer.MAX_VALUE);

        assertThat(replies.get()).isEqualTo(2 * TASKS * OPERATIONS);
        assertThat(commands.get()).isEqualTo(2 * TASKS * OPERATIONS);
        assertThat(farewells.get()).isEqualTo(connections.get());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("connection_asgmt_mode: connections that die under many threads give nobody another's reply")
    void connectionsThatDieUnderThemAreReplaced(ConnectionAssignment assignment) throws Exception {
        work(assignment, 97);

        assertThat(lost.get()).isPositive();
        assertThat(replies.get() + lost.get()).isEqualTo(2 * TASKS * OPERATIONS);
    }

    private void work(ConnectionAssignment assignment, int cutsAt) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(repeating(cutsAt))) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withConnections(ConnectionSettings.defaults().withAssignment(assignment));
            try (EmailClient client = new EmailClient(endpoint, checks.connector(), timer, _ -> {});
                    ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
                    ExecutorService pool = Executors.newFixedThreadPool(8)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < TASKS; i++) {
                    int first = i * 2 * OPERATIONS;
                    all.add(virtual.submit(() -> ask(client, first)));
                    all.add(pool.submit(() -> ask(client, first + OPERATIONS)));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
            server.awaitScripts();
            connections.set(server.connections());
            assertThat(open.get()).isZero();
        }
    }

    private void ask(EmailClient client, int first) {
        for (int number = first; number < first + OPERATIONS; number++) {
            try {
                assertThat(told(client, number)).containsExactly("* LIST () \"/\" " + number);
                replies.incrementAndGet();
            } catch (FailureException _) {
                lost.incrementAndGet();
            }
        }
    }

    private static List<String> told(EmailClient client, int number) throws FailureException {
        return client.currentConnection()
                .run(mail -> mail.perform((_, transport) -> {
                    List<ImapAnswer> answers = new ArrayList<>();
                    new ImapPipeline(transport, client.endpoint(), false)
                            .run(List.of(new ImapCommand("LIST \"\" \"" + number + "\"")), answers::add);
                    return answers.getFirst().reply().untagged();
                }));
    }
}
