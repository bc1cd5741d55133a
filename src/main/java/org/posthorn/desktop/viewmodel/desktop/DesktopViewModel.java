package org.posthorn.desktop.viewmodel.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.posthorn.account.Account;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.storage.WindowStateFile;

/** The whole window. */
public final class DesktopViewModel {
    private final AccountsViewModel accounts;
    private final DemoSource demo;
    private final Executor threads;
    private final Executor ui;
    private final WindowMemory memory;
    private final ReadOnlyObjectWrapper<Optional<AccountViewModel>> current =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<EndpointViewModel>> endpoint =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.SETTINGS);
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.SYSTEM);
    private final ReadOnlyBooleanWrapper canConnect = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canStop = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canSave = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper demoStarting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Field>> attention = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Throwable>> bug = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanBinding firstStart;
    private final ChangeListener<Object> refresher = (_, _, _) -> refresh();
    private List<ObservableValue<?>> observed = List.of();

    /**
     * A window that shows nothing yet.
     *
     * @param threads runs what would hold up the window
     * @param ui runs what touches properties, on the one thread that may
     */
    public DesktopViewModel(
            AccountsViewModel accounts, DemoSource demo, WindowStateFile window, Executor threads, Executor ui) {
        this.accounts = accounts;
        this.demo = demo;
        this.threads = threads;
        this.ui = ui;
        memory = new WindowMemory(window);
        firstStart = Bindings.isEmpty(accounts.items());
        accounts.savingProperty().addListener(refresher);
        endpoint.subscribe(shown -> {
            boolean sends = shown.filter(e -> e.protocol() == Protocol.SMTP).isPresent();
            if (tab.get() == Tab.MESSAGE && !sends) {
                tab.set(Tab.CONNECTION);
            }
        });
        accounts.selectedProperty().subscribe(item -> show(item.map(AccountItem::open)));
    }

    // Properties

    public AccountsViewModel accounts() {
        return accounts;
    }

    /** The account that is shown; empty while there is none. */
    public ReadOnlyObjectProperty<Optional<AccountViewModel>> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** The endpoint that is shown. */
    public ReadOnlyObjectProperty<Optional<EndpointViewModel>> endpointProperty() {
        return endpoint.getReadOnlyProperty();
    }

    /** What is shown of the endpoint. */
    public ObjectProperty<Tab> tabProperty() {
        return tab;
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    /** Whether there is no account at all, so that the window offers a first one and the demo. */
    public BooleanBinding firstStartProperty() {
        return firstStart;
    }

    public ReadOnlyBooleanProperty canConnectProperty() {
        return canConnect.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canStopProperty() {
        return canStop.getReadOnlyProperty();
    }

    /** Whether there is anything to save and nothing in its way. */
    public ReadOnlyBooleanProperty canSaveProperty() {
        return canSave.getReadOnlyProperty();
    }

    /** Whether the demo's server is on its way. */
    public ReadOnlyBooleanProperty demoStartingProperty() {
        return demoStarting.getReadOnlyProperty();
    }

    /** One line on the endpoint that is shown. */
    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** The field that wants to be looked at, set anew each time; empty when none does. */
    public ReadOnlyObjectProperty<Optional<Field>> attentionProperty() {
        return attention.getReadOnlyProperty();
    }

    /** A bug of Posthorn that is no test's, until it is dismissed. */
    public ReadOnlyObjectProperty<Optional<Throwable>> bugProperty() {
        return bug.getReadOnlyProperty();
    }

    // Commands

    /** Reads the accounts, puts the window's memory in force and answers with its layout. */
    public WindowLayout start() {
        accounts.load();
        return memory.recall(this);
    }

    /** Tests the form as it stands; where it cannot be used, shows the form with its problems. */
    public void connect() {
        current.get()
                .ifPresent(account -> endpoint.get().ifPresent(shown -> {
                    if (shown.lacksSecret()) {
                        account.keeping().withSecrets(() -> connect(shown));
                    } else {
                        connect(shown);
                    }
                }));
    }

    private void connect(EndpointViewModel shown) {
        if (shown.connect()) {
            tab.set(Tab.CONNECTION);
        } else {
            lookAtProblem(shown);
        }
    }

    private void lookAtProblem(EndpointViewModel shown) {
        shown.settings().problemsProperty().get().stream()
                .filter(problem -> problem.isError())
                .findFirst()
                .ifPresent(problem -> lookAt(problem.field()));
    }

    /** Opens a connection that stays, of the endpoint that is shown; where its form cannot be used, shows that. */
    public void openConnection(Kind kind) {
        current.get()
                .ifPresent(account -> endpoint.get().ifPresent(shown -> {
                    if (shown.lacksSecret() && !shown.connections().isLive()) {
                        account.keeping().withSecrets(() -> openConnection(shown, kind));
                    } else {
                        openConnection(shown, kind);
                    }
                }));
    }

    private void openConnection(EndpointViewModel shown, Kind kind) {
        if (!shown.open(kind)) {
            lookAtProblem(shown);
        }
    }

    /** Sends the test message of the endpoint that is shown. */
    public void sendMessage() {
        current.get()
                .ifPresent(account -> endpoint.get().ifPresent(shown -> {
                    if (shown.message().lacksSecret()) {
                        account.keeping().withSecrets(shown.message()::send);
                    } else {
                        shown.message().send();
                    }
                }));
    }

    /** Shows the page that sends a test message, where the endpoint has one. */
    public void showMessage() {
        endpoint.get().filter(shown -> shown.protocol() == Protocol.SMTP).ifPresent(shown -> {
            shown.message().suggest();
            tab.set(Tab.MESSAGE);
        });
    }

    public void stop() {
        endpoint.get().ifPresent(shown -> {
            shown.connection().stop();
            shown.message().stop();
        });
    }

    /** Shows a field of the form, for example the remedy of a failure. */
    public void lookAt(Field field) {
        tab.set(Tab.SETTINGS);
        attention.set(Optional.empty());
        attention.set(Optional.of(field));
    }

    public void save() {
        accounts.selectedProperty().get().ifPresent(accounts::save);
    }

    public void revert() {
        current.get().ifPresent(AccountViewModel::revert);
    }

    /** A new account, with its form in front, to be begun with the host. */
    public void newAccount(Protocol protocol) {
        accounts.create(protocol);
        lookAt(Field.HOST);
    }

    /** Starts the demo's server, shows its account and connects to it. */
    public void tryDemo() {
        if (demoStarting.get()) {
            return;
        }
        demoStarting.set(true);
        threads.execute(() -> {
            try {
                Account account = demo.start();
                ui.execute(() -> showDemo(account));
            } catch (IOException e) {
                ui.execute(() -> demoFailed(String.valueOf(e.getMessage())));
            } catch (RuntimeException bug) {
                ui.execute(() -> {
                    demoStarting.set(false);
                    report(bug);
                });
            }
        });
    }

    /** Shows a bug of Posthorn. */
    public void report(Throwable cause) {
        bug.set(Optional.of(cause));
    }

    public void dismissBug() {
        bug.set(Optional.empty());
    }

    /** The accounts whose edits would be lost if the window were closed now. */
    public List<AccountItem> unsaved() {
        return accounts.items().stream().filter(AccountItem::hasUnsaved).toList();
    }

    /** Ends every test, every connection and the demo, and remembers how the window was left. */
    public void close(WindowLayout layout) {
        memory.keep(this, layout);
        accounts.stopAll();
        demo.close();
    }

    private void showDemo(Account account) {
        demoStarting.set(false);
        accounts.showDemo(account);
        connect();
    }

    private void demoFailed(String reason) {
        demoStarting.set(false);
        accounts.say("The demo's server could not be started on this machine: " + reason + ".");
    }

    private void show(Optional<AccountViewModel> account) {
        current.set(account);
        refresh();
    }

    private void refresh() {
        Optional<EndpointViewModel> shown = current.get().map(AccountViewModel::selected);
        endpoint.set(shown);
        canStop.set(shown.filter(e -> e.connection().isRunning()).isPresent());
        canConnect.set(shown.filter(e -> !e.connection().isRunning()).isPresent());
        canSave.set(accounts.selectedProperty()
                .get()
                .filter(item -> item.hasUnsaved() && item.open().canSave())
                .filter(_ -> !accounts.savingProperty().get())
                .isPresent());
        status.set(shown.map(StatusLine::of).orElse(""));
        observe(current.get().map(DesktopViewModel::sources).orElse(List.of()));
    }

    /** What the buttons and the status line depend on. */
    private static List<ObservableValue<?>> sources(AccountViewModel account) {
        EndpointViewModel shown = account.selected();
        return List.of(
                account.selectedProperty(),
                account.unsavedProperty(),
                account.nameProblemProperty(),
                shown.settings().problemsProperty(),
                shown.connection().runningProperty(),
                shown.connection().timelineProperty(),
                shown.connection().statusProperty());
    }

    private void observe(List<ObservableValue<?>> wanted) {
        if (!observed.equals(wanted)) {
            observed.forEach(source -> source.removeListener(refresher));
            observed = wanted;
            observed.forEach(source -> source.addListener(refresher));
        }
    }
}
