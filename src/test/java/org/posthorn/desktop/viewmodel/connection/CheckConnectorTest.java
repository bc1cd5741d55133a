package org.posthorn.desktop.viewmodel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Check;
import org.posthorn.client.LoginGuard;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.LogFile;

/** The view-model on the real engine, against a server on loopback. */
class CheckConnectorTest {
    @TempDir
    Path folder;

    private final Checks checks = new Checks();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DrawnThread ui = new DrawnThread();
    private final ConnectionViewModel model = new ConnectionViewModel(
            new CheckConnector(
                    new Check(checks.connector()),
                    new TokenProviders(Machine.with(Browser.none())),
                    checks.log(),
                    settings -> LogFile.of(settings, folder.resolve("usual.log"), Clock.systemUTC()),
                    threads),
            new LoginGuard(Clock.systemUTC()),
            checks.log(),
            Clock.systemUTC(),
            ui);

    @AfterEach
    void end() throws IOException {
        threads.close();
        checks.close();
    }

    @Test
    void aTestThatGoesWellLightsUpTheWholeRail() throws Exception {
        Session session = Session.plain(Protocol.IMAP);
        try (ScriptedServer server = ScriptedServer.of(session::serve)) {
            model.connect(endpoint(server));
            ui.drawUntil(() -> !model.isRunning());
        }

        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.OK);
        assertThat(model.rail()).allMatch(node -> node.state() == NodeState.OK);
        assertThat(model.greetingProperty().get()).isEqualTo("* OK ready");
        assertThat(model.remarks()).isNotEmpty();
    }

    @Test
    void stopEndsATestThatWaitsForAnything() throws Exception {
        Session session = Session.plain(Protocol.IMAP);
        for (int reply = 0; reply < session.replies().size() - 1; reply++) {
            int silentFrom = reply;
            Phase phase = session.replies().get(reply).phase();
            // A phase may run more than once; the one that is meant runs when the server has fallen silent.
            CountDownLatch silent = new CountDownLatch(1);
            try (ScriptedServer server = ScriptedServer.of(peer -> {
                session.serve(peer, silentFrom);
                silent.countDown();
                peer.left();
            })) {
                model.connect(endpoint(server));
                assertThat(silent.await(1, TimeUnit.MINUTES)).isTrue();
                ui.drawUntil(() -> state(phase) == NodeState.RUNNING);

                model.stop();
                ui.drawUntil(() -> !model.isRunning());
                server.awaitScripts();
            }

            assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.STOPPED);
            assertThat(state(phase)).isEqualTo(NodeState.CANCELLED);
            assertThat(model.failureProperty().get()).isEmpty();
        }
    }

    @Test
    void writesTheLogFileThatTheEndpointAsksFor() throws Exception {
        Session session = Session.plain(Protocol.IMAP);
        try (ScriptedServer server = ScriptedServer.of(session::serve)) {
            model.connect(endpoint(server).withLog(LogSettings.defaults().withEnabled(true)));
            ui.drawUntil(() -> !model.isRunning());
        }

        assertThat(Files.readString(folder.resolve("usual.log")))
                .contains("S * OK ready")
                .doesNotContain("secret");
        assertThat(model.remarks()).noneMatch(remark -> remark.sentence().contains("log file"));
    }

    @Test
    void aLogFileThatCannotBeWrittenIsToldAndTakesNothingFromTheTest() throws Exception {
        Session session = Session.plain(Protocol.IMAP);
        try (ScriptedServer server = ScriptedServer.of(session::serve)) {
            model.connect(endpoint(server)
                    .withLog(LogSettings.defaults().withEnabled(true).withFile(Optional.of(folder))));
            ui.drawUntil(() -> !model.isRunning());
        }

        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.OK);
        assertThat(model.remarks()).anySatisfy(remark -> {
            assertThat(remark.sentence()).contains("The log file " + folder + " cannot be opened");
            assertThat(remark.field()).contains(Field.LOG_FILE);
        });
    }

    @Test
    void aServerThatSaysNoIsAFailureWithItsWords() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* BYE too many connections");
            peer.ignore();
        })) {
            model.connect(endpoint(server));
            ui.drawUntil(() -> !model.isRunning());
        }

        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.FAILED);
        assertThat(model.failureProperty().get().orElseThrow().text()).contains("too many connections");
        assertThat(state(Phase.GREETING)).isEqualTo(NodeState.FAILED);
    }

    /** A name that HostNames cannot make ASCII is refused by the form; that it gets here is a bug. */
    @Test
    void aBugOfTheEngineIsToldAsABug() throws Exception {
        model.connect(Endpoint.of(Protocol.IMAP, "a".repeat(64)).withSecurity(TlsMode.NONE));
        ui.drawUntil(() -> !model.isRunning());

        assertThat(model.bugProperty().get()).isPresent();
        assertThat(model.failureProperty().get()).isEmpty();
    }

    private NodeState state(Phase phase) {
        return model.rail().stream()
                .filter(node -> node.phase() == phase)
                .map(RailNode::state)
                .findFirst()
                .orElse(NodeState.WAITING);
    }

    private static Endpoint endpoint(ScriptedServer server) {
        return Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                .withLogin(Login.password("alice", Secret.of("secret")));
    }
}
