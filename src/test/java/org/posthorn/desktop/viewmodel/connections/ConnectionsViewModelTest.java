package org.posthorn.desktop.viewmodel.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.viewmodel.connection.ScriptedConnector.NOON;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.client.LoginGuard;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connection.Remark;
import org.posthorn.desktop.viewmodel.connection.ScriptedClient;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;

/** The table of open connections, on connections that fare as the test says. */
class ConnectionsViewModelTest {
    private static final Endpoint ALICE =
            Endpoint.of(Protocol.IMAP, "imap.example.org").withLogin(Login.password("alice", Secret.of("secret")));
    private static final Failure LOST = new Failure.ConnectionLost(Phase.READY, "Connection reset");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON.instant());
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final LoginGuard guard = new LoginGuard(clock);
    private final ConnectionsViewModel model = new ConnectionsViewModel(connector, guard, ALICE, clock, Runnable::run);

    private ScriptedClient client() {
        return connector.clients().getLast();
    }

    private ConnectionRow row(int index) {
        return model.rows().get(index);
    }

    private void open(Kind kind) {
        model.open(kind);
        client().last().opens(now.get());
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
        model.tick();
    }

    @Test
    void openMain_showsItsConnectionAsItComesAbout() {
        model.open(Kind.MAIN);
        assertThat(client().endpoint()).isEqualTo(ALICE);
        assertThat(row(0).stateProperty().get()).isEqualTo(ConnectionState.CONNECTING);
        assertThat(row(0).canCheckProperty().get()).isFalse();
        assertThat(model.openableProperty(Kind.INDEPENDENT).get()).isFalse();

        client().last().opens(now.get());
        pass(Duration.ofSeconds(12));

        assertThat(row(0).stateProperty().get()).isEqualTo(ConnectionState.READY);
        assertThat(row(0).kind()).isEqualTo(Kind.MAIN);
        assertThat(row(0).numberProperty().get()).isEqualTo(1);
        assertThat(row(0).ageProperty().get()).isEqualTo("for 12 s");
        assertThat(row(0).checkedProperty().get()).isEqualTo("12 s ago");
        assertThat(row(0).roundTripProperty().get()).isEqualTo("2 ms");
        assertThat(row(0).securityProperty().get()).isEqualTo("none");
        assertThat(model.summaryProperty().get()).isEqualTo("1 connection · checked 12 s ago");
        assertThat(model.openableProperty(Kind.INDEPENDENT).get()).isTrue();
        assertThat(model.openableProperty(Kind.MAIN).get()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"MAIN, true, false", "DEFAULT, false, true", "MAIN_OR_DEFAULT, true, true"})
    void open_offersTheConnectionsOfTheMode(ConnectionAssignment mode, boolean main, boolean byThread) {
        model.plan(ALICE.withConnections(ALICE.connections().withAssignment(mode)));

        assertThat(model.openableProperty(Kind.MAIN).get()).isEqualTo(main);
        assertThat(model.openableProperty(Kind.DEFAULT).get()).isEqualTo(byThread);
        assertThat(model.openableProperty(Kind.INDEPENDENT).get()).isTrue();
        model.open(main ? Kind.DEFAULT : Kind.MAIN);
        assertThat(connector.clients()).hasSize(main && byThread ? 1 : 0);
    }

    @Test
    void aRowSaysForWhichOperationsItIsCurrent() {
        open(Kind.MAIN);
        open(Kind.DEFAULT);
        open(Kind.INDEPENDENT);

        assertThat(model.rows().stream().map(ConnectionRow::use))
                .containsExactly(
                        "current for all other threads", "current for posthorn-owner-1", "only where it is passed");
        assertThat(connector.clients()).hasSize(1);
    }

    @Test
    void check_measuresTheRoundTripAndLeavesTheAgeOfTheConnection() {
        open(Kind.MAIN);
        pass(Duration.ofMinutes(3));
        model.check(row(0));
        assertThat(client().last().noops()).isEqualTo(1);
        assertThat(row(0).canCheckProperty().get()).isFalse();
        client().last().become(ConnectionState.BUSY);
        client().last().answers(now.get(), Duration.ofMillis(7));

        assertThat(row(0).roundTripProperty().get()).isEqualTo("7 ms");
        assertThat(row(0).checkedProperty().get()).isEqualTo("0 s ago");
        assertThat(row(0).ageProperty().get()).isEqualTo("for 3 min");
        assertThat(row(0).canCheckProperty().get()).isTrue();
    }

    @Test
    void aConnectionThatBreaksSaysWhyAndTheNextCheckOpensItAnew() {
        open(Kind.MAIN);
        pass(Duration.ofHours(2));
        client().last().breaks(LOST);

        assertThat(row(0).stateProperty().get()).isEqualTo(ConnectionState.BROKEN);
        assertThat(row(0).ageProperty().get()).isEqualTo("for 0 s");
        assertThat(model.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.sentence()).startsWith("#1: ").contains("imap.example.org");
            assertThat(remark.change()).isNotEmpty();
        });
        assertThat(model.summaryProperty().get()).isEqualTo("0 connections · 1 broken · checked 2 h 0 min ago");

        model.check(row(0));
        assertThat(model.openableProperty(Kind.INDEPENDENT).get()).isFalse();
        client().last().reopens();
        client().last().opens(now.get());
        assertThat(model.remarks()).isEmpty();
        assertThat(row(0).numberProperty().get()).isEqualTo(2);
        assertThat(row(0).stateProperty().get()).isEqualTo(ConnectionState.READY);
        assertThat(model.openableProperty(Kind.INDEPENDENT).get()).isTrue();
    }

    @Test
    void whatIsWrongWithSeveralIsSaidOnce() {
        open(Kind.MAIN);
        open(Kind.INDEPENDENT);
        client().connections().forEach(connection -> connection.breaks(LOST));

        assertThat(model.remarks().stream().map(Remark::sentence))
                .singleElement()
                .asString()
                .startsWith("#1, #2: ");
    }

    @Test
    void close_takesAConnectionOutAndNeverTheMainOne() {
        open(Kind.MAIN);
        open(Kind.INDEPENDENT);
        assertThat(row(0).canClose()).isFalse();
        model.close(row(1));

        assertThat(model.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.kind()).isEqualTo(Kind.MAIN));
        assertThat(client().isClosed()).isFalse();
    }

    @Test
    void theClientEndsWithItsLastConnection() {
        open(Kind.INDEPENDENT);
        model.close(row(0));

        assertThat(client().isClosed()).isTrue();
        assertThat(model.isLive()).isFalse();
        assertThat(model.summaryProperty().get()).isEmpty();
    }

    @Test
    void theFormThatIsChangedIsToldAndCountsForTheNextClient() {
        open(Kind.MAIN);
        assertThat(model.outdatedProperty().get()).isFalse();
        Endpoint changed = ALICE.withPort(1143);
        model.plan(changed);
        assertThat(model.outdatedProperty().get()).isTrue();
        open(Kind.INDEPENDENT);
        assertThat(connector.clients()).hasSize(1);

        model.closeAll();
        assertThat(client().isClosed()).isTrue();
        assertThat(model.rows()).isEmpty();
        assertThat(model.outdatedProperty().get()).isFalse();
        open(Kind.MAIN);
        assertThat(client().endpoint()).isEqualTo(changed);
    }

    @Test
    void closeAll_endsAnOpeningToo() {
        model.open(Kind.MAIN);
        ScriptedClient before = client();
        model.closeAll();
        before.last().fails(LOST);

        assertThat(model.rows()).isEmpty();
        assertThat(model.remarks()).isEmpty();
        assertThat(model.openableProperty(Kind.MAIN).get()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusedLoginsAreCountedAndTheNextOneAskedFor(Kind kind) {
        for (int refusal = 0; refusal < LoginGuard.REFUSALS; refusal++) {
            model.open(kind);
            client().last().refusesLogin();
            assertThat(guard.refusals(ALICE)).isEqualTo(refusal + 1);
            model.closeAll();
        }
        int clients = connector.clients().size();

        model.open(kind);
        assertThat(connector.clients()).hasSize(clients);
        assertThat(model.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.sentence()).contains("imap.example.org has refused “alice” 3 times");
            assertThat(remark.change()).contains("press the button again");
        });
        model.open(kind);
        assertThat(connector.clients()).hasSize(clients + 1);
    }

    @Test
    void aBrokenConnectionIsOpenedAnewWithTheSameCaution() {
        model.open(Kind.MAIN);
        client().last().refusesLogin();
        for (int refusal = 1; refusal < LoginGuard.REFUSALS; refusal++) {
            model.check(row(0));
            client().last().reopens();
            client().last().refusesLogin();
        }
        model.check(row(0));

        assertThat(client().last().noops()).isEqualTo(LoginGuard.REFUSALS - 1);
        assertThat(model.remarks().getFirst().change()).contains("press the button again");
        model.check(row(0));
        assertThat(client().last().noops()).isEqualTo(LoginGuard.REFUSALS);
    }

    @Test
    void whileOneIsOpenedNoOtherIs() {
        open(Kind.MAIN);
        client().last().breaks(LOST);
        model.open(Kind.INDEPENDENT);
        model.open(Kind.INDEPENDENT);
        model.check(row(0));

        assertThat(client().connections()).hasSize(2);
        assertThat(client().connections().getFirst().noops()).isZero();
    }

    @Test
    void aSignInThatIsWaitedForIsShownAndCanBeGivenUp() {
        model.open(Kind.INDEPENDENT);
        client().last()
                .learns(ScriptedClient.record(
                        Phase.LOGIN,
                        Outcome.RUNNING,
                        new Facts.TokenSought(
                                "device",
                                List.of(),
                                Optional.of(new Facts.SignIn(
                                        "https://login.example.org/device", Optional.of("WDJB-MJHT"), now.get())),
                                Optional.empty(),
                                Optional.empty())))
                .become(ConnectionState.CONNECTING);
        assertThat(model.signInProperty().get().orElseThrow().code()).isEqualTo("WDJB-MJHT");

        model.cancelSignIn();
        assertThat(model.rows()).isEmpty();
        assertThat(model.signInProperty().get()).isEmpty();
    }

    @Test
    void aLogFileThatCannotBeWrittenIsTold() {
        open(Kind.MAIN);
        client().listener().logFileStopped("The log file /x cannot be written.");

        assertThat(model.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.sentence()).startsWith("The log file /x");
            assertThat(remark.field()).contains(Field.LOG_FILE);
        });
    }

    @Test
    void aBugEndsTheOpeningAndIsShownAsOne() {
        model.open(Kind.MAIN);
        client().listener().broke(new IllegalStateException("bug"));

        assertThat(model.bugProperty().get()).isPresent();
        assertThat(model.openableProperty(Kind.INDEPENDENT).get()).isTrue();
    }
}
