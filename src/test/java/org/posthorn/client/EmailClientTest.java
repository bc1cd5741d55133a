package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
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
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OpenImap;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** Which connection an operation uses, and how long each lives. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class EmailClientTest {
    private final OpenImap imap = new OpenImap();
    private final ManualTimer timer = new ManualTimer();
    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimers() {
        timer.shutdownNow();
        checks.close();
    }

    private EmailClient client(ScriptedServer server, ConnectionAssignment assignment) {
        return client(server, ConnectionSettings.defaults().withAssignment(assignment));
    }

    private EmailClient client(ScriptedServer server, ConnectionSettings settings) {
        var endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE).withConnections(settings);
        return new EmailClient(endpoint, checks.connector(), timer, _ -> {});
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("current_connection: making a client, and asking for it, does no I/O")
    void constructor_doesNoInputOrOutput(ConnectionAssignment assignment) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, assignment)) {
            client.currentConnection();

            assertThat(server.connections()).isZero();
        }
    }

    @Test
    @DisplayName("noop: returns its round trip")
    void noop_returnsItsRoundTripAndLeavesInOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            try (EmailClient client = client(server, ConnectionAssignment.MAIN)) {
                assertThat(client.noop()).isPositive();
                assertThat(client.currentConnection().roundTrip()).isPresent();
                assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.READY);
            }
            server.awaitScripts();
            assertThat(imap.farewells()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIN_OR_DEFAULT, MAIN", "MAIN, MAIN", "DEFAULT, DEFAULT"})
    @DisplayName("current_connection: is the one of the assignment mode")
    void currentConnection_isTheOneOfTheMode(ConnectionAssignment assignment, Kind kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, assignment)) {
            assertThat(client.currentConnection().kind()).isEqualTo(kind);
            assertThat(client.currentConnection()).isSameAs(client.currentConnection());
        }
    }

    @Test
    @DisplayName("current_connection: is the thread's own in mode DEFAULT")
    void currentConnection_isTheThreadsOwnInModeDefault() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionAssignment.DEFAULT)) {
            AtomicReference<ClientConnection> others = new AtomicReference<>();
            Thread other = Thread.ofVirtual().start(() -> others.set(client.currentConnection()));
            other.join();

            assertThat(others.get()).isNotSameAs(client.currentConnection());
            assertThat(others.get().owner()).contains(other);
        }
    }

    @Test
    @DisplayName("connection_asgmt_mode: a default connection is used by its thread alone, which has one at most")
    void createConnection_asDefaultIsUsedByItsThreadAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionAssignment.MAIN_OR_DEFAULT)) {
            ClientConnection own = client.createDefaultConnection();
            AtomicReference<ClientConnection> others = new AtomicReference<>();
            Thread.ofPlatform()
                    .start(() -> others.set(client.currentConnection()))
                    .join();

            assertThat(client.currentConnection()).isSameAs(own);
            assertThat(others.get().kind()).isEqualTo(Kind.MAIN);
            assertThatIllegalStateException().isThrownBy(client::createDefaultConnection);

            own.close();
            assertThat(client.currentConnection().kind()).isEqualTo(Kind.MAIN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIN", "DEFAULT"})
    @DisplayName("connection_asgmt_mode: MAIN and DEFAULT refuse a default connection made by hand")
    void createConnection_asDefaultIsRefusedWhereTheModeMakesNoneByHand(ConnectionAssignment assignment)
            throws IOException {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, assignment)) {
            assertThatIllegalStateException()
                    .isThrownBy(client::createDefaultConnection)
                    .withMessageContaining(assignment.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("create_connection: an independent one is made in every mode and used only where it is passed")
    void createConnection_independentIsUsedOnlyWhereItIsPassed(ConnectionAssignment assignment) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, assignment)) {
            try (ClientConnection independent = client.createConnection()) {
                client.noop(independent);

                assertThat(independent.kind()).isEqualTo(Kind.INDEPENDENT);
                assertThat(client.currentConnection()).isNotSameAs(independent);
                assertThat(client.connections()).contains(independent);
            }
            assertThat(client.connections()).noneMatch(connection -> connection.kind() == Kind.INDEPENDENT);
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @DisplayName("connection_asgmt_mode: a default connection ends with its thread, so nothing leaks")
    void defaultConnection_endsWithItsThread(boolean virtual) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionAssignment.DEFAULT)) {
            Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
            builder.start(() -> noop(client)).join();

            server.awaitScripts();
            assertThat(imap.farewells()).isEqualTo(1);
        }
    }

    @Test
    void defaultConnection_ofAPooledThreadEndsWhenItSaysSo() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                ExecutorService pool = Executors.newFixedThreadPool(1);
                EmailClient client = client(server, ConnectionAssignment.DEFAULT)) {
            pool.submit(() -> {
                        noop(client);
                        client.endDefaultConnection();
                    })
                    .get();

            assertThat(client.connections()).isEmpty();
            server.awaitScripts();
            assertThat(imap.farewells()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("get_capabilities: are those of each stage")
    void capabilities_areThoseOfEachStage() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionAssignment.MAIN)) {
            assertThat(client.capabilities())
                    .isEqualTo(new Capabilities(List.of("IMAP4rev1", "IDLE"), List.of(), List.of()));
        }
    }

    @Test
    void aConnectionThatWasLostIsReplacedAndNeverReused() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
                    peer.answer("TAG OK");
                    peer.hear();
                    peer.reset();
                });
                EmailClient client = client(server, ConnectionAssignment.MAIN)) {
            client.connect();
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(client::noop)
                    .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.ConnectionLost.class));
            assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.BROKEN);

            client.connect();
            assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.READY);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("connection_checkup_period: a NOOP goes out on each idle connection at its period")
    void checkup_asksEachIdleConnectionAtItsPeriod() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap);
                EmailClient client = client(server, ConnectionSettings.defaults())) {
            client.connect();
            ClientConnection independent = client.createConnection();
            client.noop(independent);
            int before = imap.noops();

            timer.elapseNext();

            imap.awaitNoops(before + 2);
        }
    }

    private static void noop(EmailClient client) {
        try {
            client.noop();
        } catch (FailureException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_endsWhatIsUnderWayAndRefusesWhatComesLater() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
            peer.answer("TAG OK");
            peer.hear();
            waiting.countDown();
            peer.ignore();
        })) {
            EmailClient client = client(server, ConnectionAssignment.MAIN);
            client.connect();
            AtomicReference<Object> ended = new AtomicReference<>();
            Thread busy = Thread.ofVirtual().start(() -> {
                try {
                    ended.set(client.noop());
                } catch (FailureException e) {
                    ended.set(e.failure());
                }
            });
            waiting.await();
            client.close();
            busy.join();

            assertThat(ended.get()).isInstanceOf(Failure.Cancelled.class);
            assertThatIllegalStateException().isThrownBy(client::noop);
            assertThatIllegalStateException().isThrownBy(client::createConnection);
        }
    }
}
