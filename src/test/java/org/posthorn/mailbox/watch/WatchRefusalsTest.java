package org.posthorn.mailbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testkit.IdlingImap;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;

/** A watch outlives trouble of the server's own, and ends at a refusal that would come again. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class WatchRefusalsTest {
    private final Watching watching = new Watching();
    private final IdlingImap imap = new IdlingImap("IDLE");

    @AfterEach
    void close() {
        watching.close();
    }

    /** From now on it wants a login, and answers the first so. */
    private void loseAndRefuseTheLogin(String answer) throws Exception {
        imap.greeting(_ -> "* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] log in");
        imap.answer("AUTHENTICATE", answer, "OK [CAPABILITY IMAP4rev1 IDLE] welcome");
        imap.cut();
        watching.next(WatchEvent.Lost.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO [UNAVAILABLE] Temporary authentication failure",
                "NO [INUSE] the mailbox is locked",
                "NO [LIMIT] too many",
                "NO [SERVERBUG] Internal error occurred",
                "NO [ALERT] Too many simultaneous connections. (Failure)"
            })
    void goesOnAfterALoginThatMetTroubleOfTheServersOwn(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            loseAndRefuseTheLogin(refusal);
            imap.deliver("meanwhile");

            assertThat(watching.next(WatchEvent.Lost.class).failure()).isInstanceOf(Failure.LoginRejected.class);
            watching.next(WatchEvent.Resumed.class);
            assertThat(watching.subjects(1)).containsExactly("meanwhile");
            watching.cancel();
            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO [AUTHENTICATIONFAILED] Authentication failed.",
                "NO [EXPIRED] your password is too old",
                "NO wrong",
                "NO Too many failed logins"
            })
    void endsWhereTheLoginIsRefused(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            loseAndRefuseTheLogin(refusal);

            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.FAILED);
            assertThat(end.get().session().timeline().failure()).containsInstanceOf(Failure.LoginRejected.class);
        }
    }

    @Test
    void endsAsAFailureWhereNobodyWatchesAnyMore() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            loseAndRefuseTheLogin("NO [UNAVAILABLE] not now");
            watching.next(WatchEvent.Lost.class);
            watching.cancel();

            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.FAILED);
            assertThat(end.get().session().timeline().failure()).containsInstanceOf(Failure.LoginRejected.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO [NONEXISTENT] gone", "NO [NOPERM] no longer yours", "NO no such folder"})
    void endsWhereTheFolderIsGone(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.answer("EXAMINE", refusal);
            imap.cut();

            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.FAILED);
            assertThat(end.get().session().timeline().failure())
                    .hasValueSatisfying(failure -> assertThat(failure.serverText())
                            .hasValueSatisfying(text -> assertThat(text).endsWith(refusal)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXAMINE", "UID SEARCH", "UID FETCH"})
    void takesAnotherConnectionWhereACommandMeetsTroubleOfTheServersOwn(String command) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.answer(command, "NO [SERVERBUG] Internal error occurred", "NO [UNAVAILABLE] not now");
            imap.cut();
            watching.next(WatchEvent.Lost.class);
            imap.deliver("after the trouble");

            assertThat(watching.subjects(1)).containsExactly("after the trouble");
            watching.cancel();
            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
            assertThat(end.get().lost()).isEqualTo(3);
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void asksAgainWhereAnotherClientRemovesWhatIsAskedFor() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.answer("UID FETCH", "NO [EXPUNGEISSUED] some are gone", "NO [EXPUNGEISSUED] some are gone");
            imap.deliver("still there");

            assertThat(watching.next(WatchEvent.Arrived.class).message().subject())
                    .isEqualTo("still there");
            watching.cancel();
            assertThat(end.get().lost()).isZero();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void takesAnotherConnectionWhereTheSameOneSaysSoAgainAndAgain() throws Exception {
        String refusal = "NO [EXPUNGEISSUED] some are gone";
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.answer("UID FETCH", refusal, refusal, refusal, refusal);
            imap.deliver("still there");

            watching.next(WatchEvent.Lost.class);
            assertThat(watching.subjects(1)).containsExactly("still there");
            watching.cancel();
            assertThat(end.get().lost()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IDLE", "UID FETCH"})
    void endsWhereACommandIsRefusedForGood(String command) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            var end = watching.beginWithLogin(server);
            watching.next(WatchEvent.Began.class);
            imap.awaitIdles(1);
            imap.answer(command, "NO not for you");
            imap.deliver("untold");

            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.FAILED);
        }
    }
}
