package org.posthorn.desktop.viewmodel.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Check;
import org.posthorn.client.Connector;
import org.posthorn.demo.DemoServer;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.CheckConnector;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.DrawnThread;
import org.posthorn.desktop.viewmodel.connection.NodeState;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.WindowStateFile;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;

/** The window's models on everything that is real: engine, demo server, files. */
class DemoTest {
    @TempDir
    Path folder;

    private final DrawnThread ui = new DrawnThread();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Network network = Network.system();

    @AfterEach
    void end() {
        threads.close();
        network.close();
    }

    @Test
    void oneClickShowsAConnectionWithItsCapabilitiesAndItsLog() throws InterruptedException {
        DesktopViewModel desktop = desktop();
        desktop.start();

        desktop.tryDemo();
        ui.drawUntil(() ->
                status(desktop).filter(s -> s != ConnectionStatus.CONNECTING).isPresent());

        EndpointViewModel shown = desktop.endpointProperty().get().orElseThrow();
        assertThat(status(desktop)).contains(ConnectionStatus.OK);
        assertThat(shown.connection().rail()).allMatch(node -> node.state() == NodeState.OK);
        assertThat(shown.connection().tlsProperty().get().orElseThrow().trust()).isEqualTo("trusted by fingerprint");
        assertThat(shown.capabilities().rows()).isNotEmpty();
        assertThat(shown.log().nextSequence()).isPositive();
        assertThat(desktop.unsaved()).isEmpty();

        desktop.close(new WindowLayout(Optional.empty(), false, Map.of()));
    }

    private static Optional<ConnectionStatus> status(DesktopViewModel desktop) {
        return desktop.endpointProperty()
                .get()
                .map(e -> e.connection().statusProperty().get());
    }

    private DesktopViewModel desktop() {
        Clock clock = Clock.systemUTC();
        TrustAnchors anchors = TrustAnchors.builtIn();
        Workbench workbench = new Workbench(
                log -> new CheckConnector(
                        new Check(new Connector(network, anchors, log, clock)),
                        new TokenProviders(Machine.with(Browser.none())),
                        log,
                        _ -> Optional.empty(),
                        threads),
                new CapabilityRegistry(),
                clock,
                ui);
        return new DesktopViewModel(
                new AccountsViewModel(
                        new AccountFile(folder.resolve("accounts.json"), clock),
                        workbench,
                        InlineSecrets.withoutKeychain(folder),
                        Runnable::run,
                        Runnable::run),
                new OwnServer(),
                new WindowStateFile(folder.resolve("window.json")),
                threads,
                ui);
    }

    private static final class OwnServer implements DemoSource {
        private Optional<DemoServer> server = Optional.empty();

        @Override
        public synchronized Account start() {
            DemoServer started = DemoServer.start();
            server = Optional.of(started);
            return new Account("demo@localhost", List.of(started.endpoint(Protocol.IMAP, TlsMode.IMPLICIT)));
        }

        @Override
        public synchronized void close() {
            server.ifPresent(DemoServer::close);
        }
    }
}
