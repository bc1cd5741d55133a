package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.ClientConnection.Kind;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.Misbehaviour;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OpenImap;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;

/** The table of assignment modes row by row, and what else a client keeps of its connections. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class MembersOfTheConnectionsTest {
    private final OpenImap imap = new OpenImap();
    private final ManualTimer timer = new ManualTimer();
    private final Checks checks = new Checks();
    private final List<ConnectionState> live = new CopyOnWriteArrayList<>();

    @AfterEach
    void endTheTimers() {
        timer.shutdownNow();
        checks.close();
    }

    private EmailClient client(ScriptedServer server, ConnectionSettings settings) {
        return new EmailClient(
                Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE).withConnections(settings),
                checks.connector(),
                timer,
                connection -> live.add(connection.state()));
    }

    private EmailClient client(ScriptedServer server, ConnectionAssignment assignment) {
        return client(server, ConnectionSettings.defaults().withAssignment(assignment));
    }

    @Test
    @DisplayName("connection_asgmt_mode: is main-or-default where nothing is said")
    void theAssignmentModeIsMainOrDefault() {
        assertThat(ConnectionSettings.defaults().assignment()).isEqualTo(ConnectionAssignment.MAIN_OR_DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"MAIN_OR_DEFAULT, MAIN", "MAIN, MAIN", "DEFAULT, DEFAULT"})
    @DisplayName("connection_asgmt_mode: in DEFAULT alone a default connection makes itself, and none is main")
    void anOperationOpensTheConnectionOfTheModeAndNoOther(ConnectionAssignment assignment, Kind kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, assignment)) {
            client.connect();
            client.noop();

            assertThat(client.connections()).extracting(ClientConnection::kind).containsExactly(kind);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("current_connection: is the one that carries the operation when none is passed")
    void theCurrentConnectionCarriesTheOperation(ConnectionAssignment assignment) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, assignment);
                ClientConnection other = client.createConnection()) {
            client.noop();

            assertThat(client.currentConnection().roundTrip()).isPresent();
            assertThat(other.state()).isEqualTo(ConnectionState.CREATED);
        }
    }

    @Test
    @DisplayName("create_connection: as default it carries its thread's operations, and without it main does again")
    void aDefaultConnectionThatWasMadeCarriesItsThreadsOperations() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionAssignment.MAIN_OR_DEFAULT)) {
            try (ClientConnection own = client.createDefaultConnection()) {
                client.noop();
                assertThat(own.state()).isEqualTo(ConnectionState.READY);
                assertThat(client.connections().getFirst().state()).isEqualTo(ConnectionState.CREATED);
            }
            client.noop();

            assertThat(client.connections()).extracting(ClientConnection::kind).containsExactly(Kind.MAIN);
            assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.READY);
        }
    }

    @Test
    @DisplayName("noop: measures the given connection and leaves the current one alone")
    void aNoopOnAGivenConnectionUsesNoOther() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionAssignment.MAIN);
                ClientConnection given = client.createConnection()) {
            Duration taken = client.noop(given);

            assertThat(taken).isPositive();
            assertThat(given.roundTrip()).contains(taken);
            assertThat(client.currentConnection().roundTrip()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("connection_checkup_period: is 5 min where nothing is said")
    void theCheckupPeriodIsFiveMinutes() {
        assertThat(ConnectionSettings.defaults().checkup()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT5M, 1"})
    @DisplayName("connection_checkup_period: zero checks nothing")
    void noCheckIsAwaitedWhereThePeriodIsZero(Duration period, int awaited) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client =
                        client(server, ConnectionSettings.defaults().withCheckup(period))) {
            assertThat(client.connections()).hasSize(1);
            assertThat(timer.getQueue()).hasSize(awaited);
        }
    }

    @Test
    @DisplayName("connection_checkup_period: a dead connection is found and told live, and the next use opens another")
    void aCheckFindsADeadConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
                    peer.answer("TAG OK");
                    peer.hear();
                    peer.reset();
                });
                EmailClient client = client(server, ConnectionSettings.defaults())) {
            client.connect();
            ClientConnection main = client.currentConnection();

            timer.elapseNext();

            awaitState(main, ConnectionState.BROKEN);
            assertThat(live).contains(ConnectionState.BROKEN);
            client.connect();
            assertThat(main.state()).isEqualTo(ConnectionState.READY);
        }
    }

    /** Spins: the check runs on a thread of its own, which cannot be joined from here. */
    private static void awaitState(ClientConnection connection, ConnectionState state) {
        while (connection.state() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("connection_state: is published live from the making to the end")
    void theStatesOfAConnectionArePublishedAsTheyCome() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            try (EmailClient client = client(server, ConnectionAssignment.MAIN)) {
                assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.CREATED);
                client.connect();
            }
            assertThat(live.stream().distinct())
                    .containsSubsequence(
                            ConnectionState.CONNECTING,
                            ConnectionState.CONNECTED,
                            ConnectionState.READY,
                            ConnectionState.CLOSED);
        }
    }

    @Test
    @DisplayName("get_capabilities: are those of each stage, unknown ones as they came and in their order")
    void theCapabilitiesStandAsTheServerWroteThem() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* OK [CAPABILITY IMAP4rev1 XYZZY=a/B idle AUTH=X-Odd] ready");
                    peer.answer("TAG OK");
                    peer.answer("TAG OK");
                });
                EmailClient client = client(server, ConnectionAssignment.MAIN)) {
            assertThat(client.capabilities().beforeTls())
                    .containsExactly("IMAP4rev1", "XYZZY=a/B", "idle", "AUTH=X-Odd");
        }
    }

    @Test
    @DisplayName("connection_state: one on which a limit passed is broken, and its late reply is nobody's")
    void aConnectionOnWhichALimitPassedIsNotUsedAgain() throws Exception {
        ManualTimer deadlines = new ManualTimer();
        try (Checks timed = new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), deadlines));
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
                    peer.answer("TAG OK");
                    Misbehaviour.DRIP.act(peer, Protocol.IMAP, deadlines::elapse);
                });
                EmailClient client = new EmailClient(
                        Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE), timed.connector(), timer, _ -> {})) {
            client.connect();

            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(client::noop)
                    .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.TimedOut.class));

            assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.BROKEN);
            client.connect();
            assertThat(server.connections()).isEqualTo(2);
        }
    }
}
