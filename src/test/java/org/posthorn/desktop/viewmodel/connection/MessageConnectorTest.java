package org.posthorn.desktop.viewmodel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Check;
import org.posthorn.client.smtp.Submission;
import org.posthorn.demo.DemoServer;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingOutcome;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;

/** A test message by the engine itself. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class MessageConnectorTest {
    private static final String ME = "demo@posthorn.example";

    private final Checks checks = new Checks();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CheckConnector connector = new CheckConnector(
            new Check(checks.connector()),
            new TokenProviders(Machine.with(Browser.none())),
            checks.log(),
            _ -> Optional.empty(),
            threads);
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        threads.close();
        checks.close();
    }

    private static final class Heard implements MessageListener {
        private final List<String> order = new CopyOnWriteArrayList<>();
        private final CompletableFuture<SendingResult> sent = new CompletableFuture<>();
        private final CompletableFuture<RoundTripResult> found = new CompletableFuture<>();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        @Override
        public void sending(Submission submission) {
            order.add("sending");
        }

        @Override
        public void sent(SendingResult result) {
            order.add("sent");
            sent.complete(result);
        }

        @Override
        public void found(RoundTripResult result) {
            order.add("found");
            found.complete(result);
        }

        @Override
        public void logFileStopped(String reason) {
            order.add("log file");
        }

        @Override
        public void ended() {
            end.complete(true);
        }

        @Override
        public void broke(Throwable bug) {
            end.completeExceptionally(bug);
        }
    }

    @Test
    void sendsAndFindsIt() {
        try (DemoServer demo = DemoServer.start()) {
            connector.send(
                    new MessageOrder(
                            demo.endpoint(Protocol.SMTP, TlsMode.IMPLICIT),
                            MessageDraft.of(ME, List.of(ME)),
                            Optional.of(demo.endpoint(Protocol.IMAP, TlsMode.IMPLICIT))),
                    heard);

            assertThat(heard.end.join()).isTrue();
            assertThat(heard.sent.join().outcome()).isEqualTo(SendingOutcome.SENT);
            assertThat(heard.found.join().outcome()).isEqualTo(RoundTripResult.Outcome.FOUND);
            assertThat(heard.order).startsWith("sending").endsWith("sent", "found");
        }
    }

    @Test
    void stopsAtOnceAndLooksForNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.note("here");
            peer.hold();
        })) {
            Endpoint silent = Checks.endpoint(Protocol.SMTP, server, TlsMode.NONE);
            Session session = connector.send(
                    new MessageOrder(silent, MessageDraft.of(ME, List.of(ME)), Optional.of(silent)), heard);
            while (server.heard().isEmpty()) {
                Thread.onSpinWait();
            }
            session.stop();

            assertThat(heard.end.join()).isTrue();
            assertThat(heard.sent.join().outcome()).isEqualTo(SendingOutcome.CANCELLED);
            assertThat(heard.order).containsExactly("sent");
        }
    }
}
