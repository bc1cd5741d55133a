package org.posthorn.desktop.viewmodel.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Check;
import org.posthorn.client.LoginGuard;
import org.posthorn.desktop.viewmodel.connection.CheckConnector;
import org.posthorn.desktop.viewmodel.connection.ConnectionViewModel;
import org.posthorn.desktop.viewmodel.connection.DrawnThread;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OpenImap;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.wire.LogFile;

/** The table of open connections on the real engine, against a server on loopback. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class LiveConnectionsTest {
    @TempDir
    Path folder;

    private final Checks checks = new Checks();
    private final ManualTimer timer = new ManualTimer();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DrawnThread ui = new DrawnThread();
    private final LoginGuard guard = new LoginGuard(Clock.systemUTC());
    private final List<ConnectionsViewModel> models = new ArrayList<>();
    private final OpenImap imap = new OpenImap();
    private final CheckConnector connector = new CheckConnector(
            new Check(checks.connector()),
            new TokenProviders(Machine.with(Browser.none())),
            checks.log(),
            settings -> LogFile.of(settings, folder.resolve("usual.log"), Clock.systemUTC()),
            threads,
            () -> timer);

    @AfterEach
    void end() {
        models.forEach(ConnectionsViewModel::closeAll);
        threads.close();
        timer.shutdownNow();
        checks.close();
    }

    private static Endpoint endpoint(ScriptedServer server) {
        return Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE);
    }

    private ConnectionsViewModel model(Endpoint endpoint) {
        models.add(new ConnectionsViewModel(connector, guard, endpoint, Clock.systemUTC(), ui));
        return models.getLast();
    }

    private void open(ConnectionsViewModel model, Kind kind) throws InterruptedException {
        int before = model.rows().size();
        model.open(kind);
        ui.drawUntil(() -> model.rows().size() > before
                && model.openableProperty(Kind.INDEPENDENT).get());
    }

    @Test
    void aConnectionThatTheServerEndsIsFoundByTheCheckupAndOpenedAnewByTheNextNoop() throws Exception {
        CountDownLatch kill = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            if (connections.incrementAndGet() == 1) {
                peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
                peer.answer("TAG OK");
                peer.answer("TAG OK");
                kill.await();
                peer.reset();
                killed.countDown();
            } else {
                imap.run(peer);
            }
        })) {
            ConnectionsViewModel model = model(endpoint(server));
            open(model, Kind.MAIN);
            ConnectionRow row = model.rows().getFirst();
            int first = row.numberProperty().get();
            assertThat(row.stateProperty().get()).isEqualTo(ConnectionState.READY);
            model.check(row);
            ui.drawUntil(() -> row.canCheckProperty().get());
            assertThat(row.roundTripProperty().get()).endsWith(" ms");

            kill.countDown();
            assertThat(killed.await(1, TimeUnit.MINUTES)).isTrue();
            timer.elapseNext();
            ui.drawUntil(() -> !model.remarks().isEmpty());
            assertThat(row.stateProperty().get()).isEqualTo(ConnectionState.BROKEN);
            assertThat(model.remarks().getFirst().sentence())
                    .isEqualTo("#" + first + ": The connection to 127.0.0.1 broke off.");

            model.check(row);
            ui.drawUntil(() -> row.stateProperty().get() == ConnectionState.READY
                    && row.canCheckProperty().get());
            assertThat(row.numberProperty().get()).isGreaterThan(first);
            assertThat(model.remarks()).isEmpty();
            assertThat(checks.events())
                    .anyMatch(line -> line.connection() == first)
                    .anyMatch(line -> line.connection() > first);
            model.closeAll();
            server.awaitScripts();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIN_OR_DEFAULT", "DEFAULT"})
    void aDefaultConnectionBelongsToAThreadThatLivesUntilItIsClosed(ConnectionAssignment mode) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            ConnectionsViewModel model = model(endpoint(server)
                    .withConnections(ConnectionSettings.defaults().withAssignment(mode)));
            open(model, Kind.DEFAULT);
            open(model, Kind.DEFAULT);
            assertThat(model.rows().stream().map(ConnectionRow::use))
                    .containsExactly("current for posthorn-owner-1", "current for posthorn-owner-2");
            assertThat(owners()).hasSize(2);
            model.check(model.rows().getFirst());
            ui.drawUntil(() -> model.rows().getFirst().canCheckProperty().get());

            Thread first = owners().stream()
                    .filter(thread -> thread.getName().endsWith("1"))
                    .findFirst()
                    .orElseThrow();
            model.close(model.rows().getFirst());
            ui.drawUntil(() -> model.rows().size() == 1);
            first.join();
            assertThat(imap.farewells()).isEqualTo(1);
            model.closeAll();
            server.awaitScripts();
            assertThat(imap.farewells()).isEqualTo(2);
        }
    }

    private static List<Thread> owners() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("posthorn-owner"))
                .toList();
    }

    @Test
    void aServerThatTakesNoMoreConnectionsIsToldWithItsWords() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            if (imap.open() == 0) {
                imap.run(peer);
            } else {
                peer.say("* BYE [UNAVAILABLE] Maximum number of connections from user+IP exceeded");
            }
        })) {
            ConnectionsViewModel model = model(endpoint(server));
            open(model, Kind.MAIN);
            open(model, Kind.INDEPENDENT);

            assertThat(model.rows().getLast().stateProperty().get()).isEqualTo(ConnectionState.BROKEN);
            assertThat(model.rows().getFirst().stateProperty().get()).isEqualTo(ConnectionState.READY);
            assertThat(model.remarks()).singleElement().satisfies(remark -> {
                assertThat(remark.sentence()).contains("127.0.0.1");
                assertThat(remark.change()).isNotEmpty();
            });
            model.closeAll();
            server.awaitScripts();
        }
    }

    @Test
    void closeAllEndsAnOpeningAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ScriptedServer silent = ScriptedServer.of(peer -> {
            begun.countDown();
            peer.left();
        })) {
            ConnectionsViewModel model = model(endpoint(silent));
            model.open(Kind.MAIN);
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            model.closeAll();
            silent.awaitScripts();
        }
    }

    @Test
    void aTestBesideOpenConnectionsWritesNoLineOfTheLogFileTwice() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            Endpoint logged = endpoint(server).withLog(LogSettings.defaults().withEnabled(true));
            ConnectionsViewModel model = model(logged);
            open(model, Kind.MAIN);
            ConnectionViewModel test = new ConnectionViewModel(connector, guard, checks.log(), Clock.systemUTC(), ui);
            test.connect(logged);
            ui.drawUntil(() -> !test.isRunning());
            model.check(model.rows().getFirst());
            ui.drawUntil(() -> model.rows().getFirst().canCheckProperty().get());
            model.closeAll();
            server.awaitScripts();
            threads.close();
        }
        assertThat(Files.readAllLines(folder.resolve("usual.log"))).hasSameSizeAs(checks.events());
    }
}
