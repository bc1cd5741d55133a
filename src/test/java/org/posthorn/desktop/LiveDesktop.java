package org.posthorn.desktop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.beans.property.SimpleBooleanProperty;
import org.posthorn.client.Check;
import org.posthorn.client.Connector;
import org.posthorn.desktop.view.window.DesktopView;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.CheckConnector;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.WindowStateFile;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/** The window on the real engine, in a folder of its own. */
final class LiveDesktop implements AutoCloseable {
    private final Path folder;
    private final Network network;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final UiThread uiThread = new UiThread();

    LiveDesktop(Path folder, Network network) {
        this.folder = folder;
        this.network = network;
    }

    AccountFile accounts() {
        return new AccountFile(folder.resolve("accounts.json"), clock);
    }

    DesktopViewModel model() {
        Workbench workbench = new Workbench(
                log -> new CheckConnector(
                        new Check(new Connector(network, TrustAnchors.builtIn(), log, clock)),
                        new TokenProviders(Machine.with(Browser.none())),
                        log,
                        _ -> Optional.empty(),
                        threads),
                new CapabilityRegistry(),
                clock,
                uiThread);
        return new DesktopViewModel(
                new AccountsViewModel(accounts(), workbench, InlineSecrets.withoutKeychain(folder), threads, uiThread),
                new BuiltInDemo(),
                new WindowStateFile(folder.resolve("window.json")),
                threads,
                uiThread);
    }

    /** To be called on the toolkit's thread. */
    DesktopView view(DesktopViewModel model) {
        LogViewModel log = new LogViewModel(new WireLog(clock, 1), new LogText(ZoneId.of("UTC")), threads, uiThread);
        DesktopView made = new DesktopView(
                model,
                log,
                (_, name) -> Optional.of(folder.resolve(name)),
                new SimpleBooleanProperty(true),
                uiThread,
                () -> {});
        made.arrange(model.start().panes());
        return made;
    }

    @Override
    public void close() {
        threads.close();
        network.close();
    }
}
