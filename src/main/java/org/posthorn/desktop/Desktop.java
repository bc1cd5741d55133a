package org.posthorn.desktop;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import org.posthorn.client.Check;
import org.posthorn.client.Connector;
import org.posthorn.desktop.view.theme.Fonts;
import org.posthorn.desktop.viewmodel.about.AboutViewModel;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.CheckConnector;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.desktop.viewmodel.secrets.SecretsViewModel;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.SystemBrowser;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.release.Build;
import org.posthorn.release.Releases;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.Places;
import org.posthorn.storage.WindowStateFile;
import org.posthorn.storage.keychain.Keychain;
import org.posthorn.storage.secret.KeychainStore;
import org.posthorn.storage.secret.SecretKeeper;
import org.posthorn.storage.secret.Vault;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.LogFile;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireLog;

/** Opens the window and wires it to the engine. */
public final class Desktop {
    private static final System.Logger LOGGER = System.getLogger(Desktop.class.getName());

    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final UiThread uiThread = new UiThread();
    private final Places places;
    private final Keychain keychain;
    private final Browser browser;
    private final Map<String, String> environment;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Desktop(Places places, Keychain keychain, Browser browser, Map<String, String> environment) {
        this.environment = environment;
        this.places = places;
        this.keychain = keychain;
        this.browser = browser;
    }

    /**
     * Shows the window and returns when it has been closed.
     *
     * @throws DisplayMissing when this session has no display to show it on
     */
    public static void open(Map<String, String> environment) throws DisplayMissing {
        DisplayMissing.check(System.getProperty("os.name", ""), environment);
        Path home = Path.of(System.getProperty("user.home", ""));
        String os = System.getProperty("os.name", "");
        Browser browser = SystemBrowser.of(os, environment, SecretMask.none());
        new Desktop(Places.of(os, environment, home), Keychain.of(os, environment), browser, environment).run();
    }

    private void run() throws DisplayMissing {
        // The network ends last: the farewells of open connections have their deadlines from it.
        try (Network network = Network.system(environment);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService secrets = Executors.newSingleThreadExecutor(Desktop::secretsThread)) {
            start(threads, secrets, network);
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            Platform.exit();
        }
    }

    /** A thread of the system: a keychain may hold it up for as long as a person thinks. */
    private static Thread secretsThread(Runnable work) {
        return new Thread(work, "posthorn-secrets");
    }

    private void start(ExecutorService threads, ExecutorService secrets, Network network) throws DisplayMissing {
        try {
            Platform.startup(() -> show(threads, secrets, network));
        } catch (UnsupportedOperationException noDisplay) {
            throw new DisplayMissing(noDisplay);
        }
    }

    private void show(ExecutorService threads, ExecutorService secrets, Network network) {
        Fonts.load();
        DesktopViewModel model = model(threads, secrets, network);
        LogViewModel log = new LogViewModel(new WireLog(clock, 1), new LogText(clock.getZone()), threads, uiThread);
        Thread.currentThread().setUncaughtExceptionHandler((_, bug) -> report(model, bug));
        new DesktopWindow(model, log, about(threads, network), uiThread, closed::countDown).show();
    }

    private AboutViewModel about(ExecutorService threads, Network network) {
        Build build = Build.current();
        Releases releases = new Releases(network, TrustAnchors.builtIn(), clock);
        return new AboutViewModel(build, page -> releases.newest(build.version(), page), threads, uiThread);
    }

    private DesktopViewModel model(ExecutorService threads, ExecutorService secrets, Network network) {
        TrustAnchors anchors = TrustAnchors.ofMachine(System.getProperty("os.name", ""), environment);
        TokenProviders providers = new TokenProviders(Machine.with(browser));
        Workbench workbench = new Workbench(
                log -> new CheckConnector(
                        new Check(new Connector(network, anchors, log, clock, providers)),
                        providers,
                        log,
                        settings -> LogFile.of(settings, places.log(), clock),
                        threads),
                new CapabilityRegistry(),
                clock,
                uiThread);
        return new DesktopViewModel(
                new AccountsViewModel(
                        new AccountFile(places.accounts(), clock),
                        workbench,
                        new SecretsViewModel(keeper(), secrets, uiThread),
                        threads,
                        uiThread),
                new BuiltInDemo(),
                new WindowStateFile(places.window()),
                threads,
                uiThread);
    }

    private SecretKeeper keeper() {
        return new SecretKeeper(new KeychainStore(keychain), new Vault(places.vault()));
    }

    private static void report(DesktopViewModel model, Throwable bug) {
        LOGGER.log(Level.ERROR, "a bug in Posthorn", bug);
        model.report(bug);
    }
}
