package org.posthorn.mailbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.client.NetworkChange;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IdlingImap;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** New messages are told as they come: each once, and none is missing, whatever becomes of the connection. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class MailboxWatchTest {
    private final Checks checks = new Checks();
    private final ManualTimer checkups = new ManualTimer();
    private final ManualTimer timer = new ManualTimer();
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<EmailClient> client = new CompletableFuture<>();
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        checkups.shutdownNow();
        timer.shutdownNow();
        checks.close();
    }

    @Test
    void takesAnotherConnectionWhenTheMachineWakes() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            client.get().networkChanged(new NetworkChange.Woke(Duration.ofHours(1)));

            assertThat(next(WatchEvent.Lost.class).failure())
                    .isEqualTo(new Failure.ConnectionLost(Phase.READY, "this machine has slept for about 3600 s"));
            next(WatchEvent.Resumed.class);
            cancellation.cancel();
            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
        }
    }

    private CompletableFuture<WatchEnd> watch(ScriptedServer server) {
        Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE);
        CompletableFuture<WatchEnd> end = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (EmailClient made = new EmailClient(endpoint, checks.connector(), checkups, _ -> {})) {
                client.complete(made);
                end.complete(new MailboxWatch(made, new MailboxName("INBOX"), timer).run(cancellation, events::add));
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    private <E extends WatchEvent> E next(Class<E> kind) throws InterruptedException {
        WatchEvent event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(kind);
        return kind.cast(event);
    }

    private List<String> subjects(int count) throws InterruptedException {
        List<String> subjects = new ArrayList<>();
        while (subjects.size() < count) {
            WatchEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            if (event instanceof WatchEvent.Arrived(int _, Arrival message)) {
                subjects.add(message.subject());
            }
        }
        return subjects;
    }

    @Test
    void tellsOfAMessageWhenItComes() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("old");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            assertThat(next(WatchEvent.Began.class))
                    .returns(1L, WatchEvent.Began::messages)
                    .returns(true, WatchEvent.Began::idles);
            imap.awaitIdles(1);
            imap.deliver("=?utf-8?q?Gr=C3=BC=C3=9Fe?=");

            Arrival arrival = next(WatchEvent.Arrived.class).message();
            cancellation.cancel();

            assertThat(arrival.subject()).isEqualTo("Grüße");
            assertThat(arrival.from()).isEqualTo("Bob <bob@x.test>");
            assertThat(arrival.uid()).isEqualTo(2);
            assertThat(arrival.came()).isPresent();
            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
            assertThat(end.get().arrived()).isEqualTo(1);
            assertThat(server.heard()).noneMatch(line -> line.matches(".*(SELECT|STORE|EXPUNGE|BODY\\[).*"));
        }
    }

    @Test
    void idlesAgainAfterEachPeriod() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            timer.elapseNext();
            imap.awaitIdles(2);
            imap.deliver("after");

            assertThat(subjects(1)).containsExactly("after");
            cancellation.cancel();
            assertThat(end.get().lost()).isZero();
            assertThat(server.heard()).containsSubsequence("i1 IDLE", "DONE", "i2 IDLE");
        }
    }

    @Test
    void tellsWhatCameAndWentWhileThereWasNoConnection() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("one");
        imap.deliver("two");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.deliver("three");
            assertThat(subjects(1)).containsExactly("three");
            imap.awaitIdles(2);
            // Lost, and for a while no other comes about.
            imap.greeting(_ -> "* BYE not now");
            imap.cut();
            next(WatchEvent.Lost.class);
            imap.deliver("four");
            imap.removeFirst();
            imap.deliver("five");
            assertThat(next(WatchEvent.Lost.class).failure()).isInstanceOf(Failure.GreetingRefused.class);
            imap.greeting(greeting -> greeting);

            assertThat(subjects(2)).containsExactly("four", "five");
            assertThat(next(WatchEvent.Removed.class))
                    .returns(1L, WatchEvent.Removed::count)
                    .returns(4L, WatchEvent.Removed::remaining);
            cancellation.cancel();
            assertThat(end.get().arrived()).isEqualTo(3);
            assertThat(end.get().lost()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void noMessageIsToldTwiceOrMissedHoweverOftenTheConnectionIsLost() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add("m" + i);
                imap.deliver("m" + i);
                if (i % 7 == 3) {
                    imap.cut();
                }
            }

            assertThat(subjects(40)).isEqualTo(sent);
            cancellation.cancel();
            assertThat(end.get().arrived()).isEqualTo(40);
        }
    }

    @Test
    void tellsWhatIsRemoved() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("one");
        imap.deliver("two");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.removeFirst();

            assertThat(next(WatchEvent.Removed.class)).returns(1L, WatchEvent.Removed::remaining);
            cancellation.cancel();
            end.get();
        }
    }

    @Test
    void asksAServerThatCannotIdle() throws Exception {
        IdlingImap imap = new IdlingImap("UIDPLUS");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            assertThat(next(WatchEvent.Began.class).idles()).isFalse();
            cancellation.cancel();

            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
            assertThat(server.heard()).noneMatch(line -> line.contains("IDLE"));
        }
    }

    @Test
    void beginsAnewInAFolderThatWasNumberedAnew() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("one");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watch(server);
            next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.renumber();
            imap.cut();
            next(WatchEvent.Lost.class);

            assertThat(next(WatchEvent.Began.class).messages()).isEqualTo(1);
            cancellation.cancel();
            assertThat(end.get().arrived()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"* BYE not today", "garbage", "* OK [CAPABILITY IMAP4rev1 IDLE] but not logged in"})
    void aFirstConnectionThatDoesNotComeAboutEndsIt(String greeting) throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.greeting(_ -> greeting);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say(greeting);
            if (greeting.startsWith("* OK")) {
                peer.answer("TAG OK");
                peer.answer("TAG NO log in first");
                peer.answer("* BYE", "TAG OK");
            }
            peer.ignore();
        })) {
            WatchEnd end = watch(server).get();

            assertThat(end.outcome()).isEqualTo(WatchEnd.Outcome.FAILED);
            assertThat(end.session().timeline().failure().isPresent() || end.lost() == 0)
                    .isTrue();
            assertThat(events).isEmpty();
        }
    }
}
