package org.posthorn.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TimelineRecorderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String SAID = "no secret here";
    private static final List<String> WORDS = List.of(SAID);

    /** Each failure that holds words of the server. */
    static final List<Failure> FAILURES_WITH_WORDS = List.of(
            new Failure.TlsNotSpoken(SAID),
            new Failure.GreetingRefused(SAID),
            new Failure.WrongProtocol("HTTP", SAID),
            new Failure.StarttlsNotOffered(WORDS),
            new Failure.StarttlsRefused(SAID),
            new Failure.StarttlsInjection(SAID),
            new Failure.PreauthBeforeTls(SAID),
            new Failure.LoginDisabled(WORDS),
            new Failure.AuthenticationNotOffered(WORDS),
            new Failure.MechanismNotOffered(List.of("PLAIN"), WORDS),
            new Failure.LoginRejected("PLAIN", true, SAID, Optional.of(SAID), Optional.of(SAID)),
            new Failure.ServerEnded(Phase.READY, SAID),
            new Failure.CommandRejected(Phase.READY, "NOOP", SAID),
            new Failure.ProtocolViolation(Phase.READY, "odd", SAID));

    /** All facts that hold words of the server. */
    static final List<Facts> FACTS_WITH_WORDS = List.of(
            new Facts.Greeted(Optional.of(SAID), Optional.empty()),
            new Facts.Announced(Facts.Stage.AFTER_LOGIN, WORDS, true),
            new Facts.StarttlsAnswer(Optional.of(SAID)),
            new Facts.LoggedIn(
                    Optional.of("PLAIN"),
                    "alice",
                    WORDS,
                    Optional.of(new LoginAnswer.Accepted(SAID, OptionalInt.empty()))),
            new Facts.LoggedIn(
                    Optional.of("PLAIN"),
                    "alice",
                    WORDS,
                    Optional.of(new LoginAnswer.Rejected(
                            SAID,
                            OptionalInt.empty(),
                            Optional.of(SAID),
                            Optional.of(SAID),
                            LoginAnswer.Offer.OFFERED))));

    private final List<Timeline> published = new ArrayList<>();
    private final TimelineRecorder recorder = new TimelineRecorder(
            7, Clock.fixed(NOW, ZoneOffset.UTC), published::add, text -> text.replace("secret", "••••••"));

    @Test
    void countsTheTimeInEachStateUpToTheEnd() {
        List<Timeline> told = new ArrayList<>();
        TimelineRecorder recorder = new TimelineRecorder(1, Clock.fixed(NOW, ZoneOffset.UTC), told::add, text -> text);

        recorder.become(ConnectionState.CONNECTING);
        recorder.become(ConnectionState.CONNECTED);
        recorder.become(ConnectionState.CLOSING);
        recorder.become(ConnectionState.CLOSED);

        assertThat(told.getFirst().times().spent().keySet())
                .containsExactly(ConnectionState.CREATED, ConnectionState.CONNECTING);
        StateTimes all = recorder.snapshot().times();
        assertThat(all.spent().keySet())
                .containsExactly(
                        ConnectionState.CREATED,
                        ConnectionState.CONNECTING,
                        ConnectionState.CONNECTED,
                        ConnectionState.CLOSING);
        assertThat(all.spent().values()).allMatch(span -> !span.isNegative());
        assertThat(recorder.snapshot().times())
                .as("nothing is added after the end")
                .isEqualTo(all);
    }

    @Test
    void publishesEachChangeInOrder() {
        Facts resolved = new Facts.Resolved("mail.test", List.of("192.0.2.1"));
        recorder.become(ConnectionState.CONNECTING);
        recorder.begin(Phase.RESOLVE);
        recorder.learn(resolved);
        recorder.succeed();

        assertThat(published)
                .hasSize(4)
                .last()
                .usingRecursiveComparison()
                .as("the time in the present state goes on")
                .ignoringFields("times")
                .isEqualTo(recorder.snapshot());
        assertThat(published.getFirst().records()).isEmpty();
        assertThat(published.get(1).records().getLast().isRunning()).isTrue();
        assertThat(published.get(2).records().getLast().facts()).isEqualTo(resolved);
        PhaseRecord record = published.getLast().records().getLast();
        assertThat(record.outcome()).isEqualTo(Outcome.OK);
        assertThat(record.start()).isEqualTo(NOW);
        assertThat(record.facts()).isEqualTo(resolved);
        assertThat(published.getLast().connection()).isEqualTo(7);
    }

    @Test
    void keepsWhatAFailedPhaseHasLearnt() {
        Facts announced = new Facts.Announced(Facts.Stage.BEFORE_TLS, List.of("IDLE"), true);
        Failure failure = new Failure.TimedOut(Phase.CAPABILITIES, Duration.ofSeconds(1));
        recorder.begin(Phase.CAPABILITIES);
        recorder.learn(announced);
        recorder.finish(failure);

        PhaseRecord record = recorder.snapshot().records().getLast();
        assertThat(record.facts()).isEqualTo(announced);
        assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(record.failure()).contains(failure);
        assertThat(recorder.snapshot().failure()).contains(failure);
    }

    /** In TLS 1.3 a client learns of the refusal when it awaits the greeting. */
    @Test
    void recordsAFailureInThePhaseThatItBelongsToThoughTheNextHasBegun() {
        Failure failure = new Failure.HandshakeFailed("certificate_required", Optional.of("certificate_required"));
        recorder.begin(Phase.TLS);
        recorder.succeed();
        recorder.begin(Phase.GREETING);
        recorder.finish(failure);

        assertThat(recorder.snapshot().records()).singleElement().satisfies(record -> {
            assertThat(record.phase()).isEqualTo(Phase.TLS);
            assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(record.failure()).contains(failure);
        });
    }

    @Test
    void endsAPhaseAsCancelledByACancel() {
        recorder.begin(Phase.TLS);
        recorder.finish(new Failure.Cancelled(Phase.TLS));

        assertThat(recorder.snapshot().records().getLast().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void goesOnWithAnotherAttemptAfterAFailureThatEndsNothing() {
        recorder.begin(Phase.CONNECT);
        recorder.fail(new Failure.ConnectionRefused(List.of(), 993));
        recorder.nextAttempt();
        recorder.begin(Phase.CONNECT);
        recorder.succeed();

        Timeline timeline = recorder.snapshot();
        assertThat(timeline.failure()).isEmpty();
        assertThat(timeline.records()).extracting(PhaseRecord::attempt).containsExactly(1, 2);
        assertThat(timeline.last(Phase.CONNECT).orElseThrow().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void leavesAnEndedPhaseAsItIsWhenTheSessionFailsLater() {
        recorder.begin(Phase.CONNECT);
        recorder.succeed();
        recorder.finish(new Failure.ConnectionLost(Phase.CONNECT, "reset"));

        assertThat(recorder.snapshot().records().getLast().outcome()).isEqualTo(Outcome.OK);
        assertThat(recorder.snapshot().failure()).isPresent();
    }

    @Test
    void refusesAStateThatCannotFollow() {
        assertThat(recorder.become(ConnectionState.READY)).isFalse();
        assertThat(recorder.snapshot().state()).isEqualTo(ConnectionState.CREATED);
        assertThat(published).isEmpty();
        assertThat(recorder.become(ConnectionState.CONNECTING)).isTrue();
    }

    @Test
    void knowsThePhaseUnderWayOrTheLast() {
        assertThat(recorder.phase()).isEqualTo(Phase.RESOLVE);
        recorder.begin(Phase.GREETING);
        assertThat(recorder.phase()).isEqualTo(Phase.GREETING);
        recorder.skip();
        assertThat(recorder.phase()).isEqualTo(Phase.GREETING);
        assertThat(recorder.snapshot().records().getLast().outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void learnsNothingWhenNoPhaseRuns() {
        assertThrows(IllegalStateException.class, () -> recorder.learn(Facts.none()));
        recorder.begin(Phase.CONNECT);
        recorder.succeed();
        assertThrows(IllegalStateException.class, recorder::succeed);
    }

    @ParameterizedTest
    @FieldSource("FAILURES_WITH_WORDS")
    void recordsNoFailureWithASecret(Failure failure) {
        recorder.begin(Phase.READY);
        recorder.finish(failure);

        assertThat(recorder.snapshot().toString()).contains("no •••••• here").doesNotContain("secret");
        assertThat(recorder.masked(failure).kind()).isEqualTo(failure.kind());
    }

    @ParameterizedTest
    @FieldSource("FACTS_WITH_WORDS")
    void recordsNoFactsWithASecret(Facts facts) {
        recorder.begin(Phase.READY);
        recorder.learn(facts);
        assertThat(recorder.snapshot().toString()).contains("no •••••• here").doesNotContain("secret");
        recorder.succeed(facts);
        assertThat(recorder.snapshot().toString()).contains("no •••••• here").doesNotContain("secret");
    }
}
