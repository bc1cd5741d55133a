package org.posthorn.mailbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.client.NetworkChange;
import org.posthorn.testkit.IdlingImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** New messages are told as they come: each once, and none is missing, whatever becomes of the connection. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class MailboxWatchTest {
    private final Watching watching = new Watching();

    @AfterEach
    void close() {
        watching.close();
    }

    @Test
    void takesAnotherConnectionWhenTheMachineWakes() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.begin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            watching.networkChanged(new NetworkChange.Woke(Duration.ofHours(1)));

            assertThat(watching.next(WatchEvent.Lost.class).failure())
                    .isEqualTo(new Failure.ConnectionLost(Phase.READY, "this machine has slept for about 3600 s"));
            watching.next(WatchEvent.Resumed.class);
            watching.cancel();
            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
        }
    }

    @Test
    void tellsOfAMessageWhenItComes() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("old");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.begin(server);
            assertThat(watching.next(WatchEvent.Began.class))
                    .returns(1L, WatchEvent.Began::messages)
                    .returns(true, WatchEvent.Began::idles);
            imap.awaitIdles(1);
            imap.deliver("=?utf-8?q?Gr=C3=BC=C3=9Fe?=");

            Arrival arrival = watching.next(WatchEvent.Arrived.class).message();
            watching.cancel();

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
            var end = watching.begin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            watching.endIdle();
            imap.awaitIdles(2);
            imap.deliver("after");

            assertThat(watching.subjects(1)).containsExactly("after");
            watching.cancel();
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
            var end = watching.begin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.deliver("three");
            assertThat(watching.subjects(1)).containsExactly("three");
            imap.awaitIdles(2);
            // Lost, and for a while no other comes about.
            imap.greeting(_ -> "* BYE not now");
            imap.cut();
            watching.next(WatchEvent.Lost.class);
            imap.deliver("four");
            imap.removeFirst();
            imap.deliver("five");
            assertThat(watching.next(WatchEvent.Lost.class).failure()).isInstanceOf(Failure.GreetingRefused.class);
            imap.greeting(greeting -> greeting);

            assertThat(watching.subjects(2)).containsExactly("four", "five");
            assertThat(watching.next(WatchEvent.Removed.class))
                    .returns(1L, WatchEvent.Removed::count)
                    .returns(4L, WatchEvent.Removed::remaining);
            watching.cancel();
            assertThat(end.get().arrived()).isEqualTo(3);
            assertThat(end.get().lost()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void noMessageIsToldTwiceOrMissedHoweverOftenTheConnectionIsLost() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.begin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add("m" + i);
                imap.deliver("m" + i);
                if (i % 7 == 3) {
                    imap.cut();
                }
            }

            assertThat(watching.subjects(40)).isEqualTo(sent);
            watching.cancel();
            assertThat(end.get().arrived()).isEqualTo(40);
        }
    }

    @Test
    void tellsWhatIsRemoved() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("one");
        imap.deliver("two");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.begin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.removeFirst();

            assertThat(watching.next(WatchEvent.Removed.class)).returns(1L, WatchEvent.Removed::remaining);
            watching.cancel();
            end.get();
        }
    }

    @Test
    void asksAServerThatCannotIdle() throws Exception {
        IdlingImap imap = new IdlingImap("UIDPLUS");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.begin(server);
            assertThat(watching.next(WatchEvent.Began.class).idles()).isFalse();
            watching.cancel();

            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
            assertThat(server.heard()).noneMatch(line -> line.contains("IDLE"));
        }
    }

    @Test
    void beginsAnewInAFolderThatWasNumberedAnew() throws Exception {
        IdlingImap imap = new IdlingImap("IDLE");
        imap.deliver("one");
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.begin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.renumber();
            imap.cut();
            watching.next(WatchEvent.Lost.class);

            assertThat(watching.next(WatchEvent.Began.class).messages()).isEqualTo(1);
            watching.cancel();
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
            WatchEnd end = watching.begin(server).get();

            assertThat(end.outcome()).isEqualTo(WatchEnd.Outcome.FAILED);
            assertThat(end.session().timeline().failure().isPresent() || end.lost() == 0)
                    .isTrue();
            assertThat(watching.events()).isEmpty();
        }
    }
}
