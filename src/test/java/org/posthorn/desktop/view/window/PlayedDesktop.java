package org.posthorn.desktop.view.window;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.SimpleBooleanProperty;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.ScriptedClient;
import org.posthorn.desktop.viewmodel.desktop.DemoSource;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.WindowStateFile;
import org.posthorn.storage.secret.ScriptedKeychain;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.wire.WireLog;

/** The whole window on played connections: no engine, no network, files in a folder of the test. */
final class PlayedDesktop {
    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final AccountFile accounts;
    private final List<PlayedConnector> connectors = new ArrayList<>();
    final DesktopViewModel model;

    PlayedDesktop(Path folder) {
        this.folder = folder;
        accounts = new AccountFile(folder.resolve("accounts.json"), clock);
        Workbench workbench = new Workbench(
                log -> {
                    connectors.add(new PlayedConnector(log, clock));
                    return connectors.getLast();
                },
                new CapabilityRegistry(),
                clock,
                Platform::runLater);
        model = new DesktopViewModel(
                new AccountsViewModel(
                        accounts,
                        workbench,
                        InlineSecrets.of(new ScriptedKeychain(), folder),
                        Runnable::run,
                        Runnable::run),
                new LocalDemo(),
                new WindowStateFile(folder.resolve("window.json")),
                Runnable::run,
                Platform::runLater);
    }

    /** The client whose connections are shown; there must be one. */
    ScriptedClient client() {
        return connectors.stream()
                .flatMap(connector -> connector.clients().stream())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    PhaseRecord secured() {
        return connectors.getLast().secured();
    }

    DesktopView view() {
        LogViewModel log = new LogViewModel(
                new WireLog(clock, 10), new LogText(ZoneId.of("UTC")), Runnable::run, Platform::runLater);
        DesktopView view = new DesktopView(
                model,
                log,
                (_, name) -> Optional.of(folder.resolve(name)),
                new SimpleBooleanProperty(true),
                Platform::runLater,
                () -> {});
        view.arrange(model.start().panes());
        return view;
    }

    /** Puts some accounts into the file, as somebody's work of earlier days. */
    void fill() {
        store(
                "Acme GmbH",
                "alice@acme.example",
                imap("bad.acme.example"),
                Endpoint.of(Protocol.SMTP, "smtp.acme.example"));
        store("Acme GmbH", "bob@acme.example", imap("mail.acme.example"));
        store("Acme GmbH", "relay.acme.example", Endpoint.of(Protocol.SMTP, "relay.acme.example"));
        store("Old server", "archive", Endpoint.of(Protocol.POP3, "slow.old.example"));
    }

    private void store(String heading, String name, Endpoint... endpoints) {
        accounts.put(SavedAccount.create(Optional.of(heading), new Account(name, List.of(endpoints))));
    }

    private static Endpoint imap(String host) {
        return Endpoint.of(Protocol.IMAP, host)
                .withSecurity(TlsMode.IMPLICIT)
                .withLogin(Login.password("alice@acme.example", Secret.of("")));
    }

    private static final class LocalDemo implements DemoSource {
        @Override
        public Account start() {
            Endpoint endpoint =
                    Endpoint.of(Protocol.IMAP, "demo.localhost").withLogin(Login.password("demo", Secret.of("demo")));
            return new Account("demo@localhost", List.of(endpoint));
        }

        @Override
        public void close() {}
    }
}
