package org.posthorn.desktop.viewmodel.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.Renewal;
import org.posthorn.desktop.viewmodel.secrets.KeepingViewModel;
import org.posthorn.desktop.viewmodel.secrets.SecretsViewModel;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.Recalled;

/** One open account. */
public final class AccountViewModel {
    private final Workbench workbench;
    private final KeepingViewModel keeping;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty folder = new SimpleStringProperty("");
    private final ObservableList<EndpointViewModel> endpoints = FXCollections.observableArrayList();
    private final ObservableList<EndpointViewModel> readOnlyEndpoints =
            FXCollections.unmodifiableObservableList(endpoints);
    private final ObjectProperty<EndpointViewModel> selected;
    private final ObservableList<Protocol> addable = FXCollections.observableArrayList();
    private final ObservableList<Protocol> readOnlyAddable = FXCollections.unmodifiableObservableList(addable);
    private final ReadOnlyIntegerWrapper unsaved = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> nameProblem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<ConnectionStatus> status =
            new ReadOnlyObjectWrapper<>(ConnectionStatus.UNTESTED);
    private SavedAccount saved;
    private boolean stored;

    /**
     * Opens an account.
     *
     * @param stored whether the file holds it; one it does not hold is unsaved from the start
     */
    public AccountViewModel(SavedAccount saved, boolean stored, Workbench workbench, SecretsViewModel secrets) {
        this.workbench = workbench;
        keeping = new KeepingViewModel(saved, stored, secrets, this::recalled);
        this.saved = saved;
        this.stored = stored;
        name.set(saved.name());
        folder.set(saved.folder().orElse(""));
        saved.account().endpoints().forEach(e -> endpoints.add(create(e)));
        selected = new SimpleObjectProperty<>(endpoints.getFirst());
        name.subscribe(_ -> count());
        folder.subscribe(_ -> count());
        keeping.choiceProperty().subscribe(_ -> count());
        endpoints.forEach(e -> e.settings().keepSecrets(stored && saved.keeping() != SecretKeeping.NONE));
        endpointsChanged();
        if (stored) {
            keeping.recall();
        }
    }

    // Properties

    public String id() {
        return saved.id();
    }

    public StringProperty nameProperty() {
        return name;
    }

    /** What is wrong with the name. */
    public ReadOnlyObjectProperty<Optional<Problem>> nameProblemProperty() {
        return nameProblem.getReadOnlyProperty();
    }

    /** The heading under which the account is listed; empty for none. */
    public StringProperty folderProperty() {
        return folder;
    }

    /** Where the account's secrets are kept. */
    public KeepingViewModel keeping() {
        return keeping;
    }

    /** One to three, in the order of the tabs. */
    public ObservableList<EndpointViewModel> endpoints() {
        return readOnlyEndpoints;
    }

    /** The endpoint that is shown, one of {@link #endpoints()}. */
    public ObjectProperty<EndpointViewModel> selectedProperty() {
        return selected;
    }

    public EndpointViewModel selected() {
        return selected.get();
    }

    /** The protocols for which there is no endpoint yet. */
    public ObservableList<Protocol> addable() {
        return readOnlyAddable;
    }

    /** How many settings differ from what is saved; at least one for an account that no file holds. */
    public ReadOnlyIntegerProperty unsavedProperty() {
        return unsaved.getReadOnlyProperty();
    }

    public boolean hasUnsaved() {
        return unsaved.get() > 0;
    }

    /** How the account stands: connecting if any endpoint is, failed if any has, then ok, stopped, untested. */
    public ReadOnlyObjectProperty<ConnectionStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    // Commands

    /** Adds an endpoint with the login of the one that is shown, and shows it; no effect for a protocol that is there. */
    public void addEndpoint(Protocol protocol) {
        if (addable.contains(protocol)) {
            Endpoint shown = selected().settings().current();
            endpoints.add(create(Endpoint.of(protocol, shown.host()).withLogin(shown.login())));
            selected.set(endpoints.getLast());
            endpointsChanged();
        }
    }

    /** Takes an endpoint away; the last one stays. */
    public void removeEndpoint(EndpointViewModel endpoint) {
        if (endpoints.size() > 1) {
            endpoint.stop();
            endpoints.remove(endpoint);
            if (!endpoints.contains(selected())) {
                selected.set(endpoints.getFirst());
            }
            endpointsChanged();
        }
    }

    /** Puts everything back to what is saved; passwords that are not kept stay. */
    public void revert() {
        List<EndpointViewModel> before = List.copyOf(endpoints);
        revertSettings();
        endpoints.forEach(endpoint -> endpoint.settings().revertSecrets());
        if (!before.containsAll(endpoints)) {
            keeping.recall();
        }
    }

    /** Puts everything but secrets back to what is saved. */
    public void revertSettings() {
        name.set(saved.name());
        keeping.choiceProperty().set(saved.keeping());
        folder.set(saved.folder().orElse(""));
        List<EndpointViewModel> wanted = new ArrayList<>();
        for (Endpoint endpoint : saved.account().endpoints()) {
            EndpointViewModel opened = opened(endpoint.protocol()).orElseGet(() -> create(endpoint));
            opened.settings().revertTo(endpoint);
            wanted.add(opened);
        }
        endpoints.stream().filter(e -> !wanted.contains(e)).forEach(EndpointViewModel::stop);
        endpoints.setAll(wanted);
        if (!endpoints.contains(selected())) {
            selected.set(endpoints.getFirst());
        }
        endpointsChanged();
    }

    /** The endpoint that was opened from a protocol's saved one, whatever its form says now. */
    private Optional<EndpointViewModel> opened(Protocol protocol) {
        return endpoints.stream()
                .filter(e -> e.settings().saved().protocol() == protocol)
                .findFirst();
    }

    /** Stops every test that runs, and closes every connection that is kept open. */
    public void stop() {
        endpoints.forEach(EndpointViewModel::stop);
    }

    /** The account as the forms stand. */
    public SavedAccount current() {
        List<Endpoint> built =
                endpoints.stream().map(e -> e.settings().current()).toList();
        Optional<String> heading = Optional.of(folder.get().strip()).filter(text -> !text.isEmpty());
        return new SavedAccount(
                saved.id(), heading, keeping.choice(), new Account(name.get().strip(), built));
    }

    /** Whether it can be saved as it stands: a name, and no text that cannot be read as what it should be. */
    public boolean canSave() {
        return nameProblem.get().isEmpty()
                && endpoints.stream().noneMatch(e -> e.settings().hasUnreadable());
    }

    /** Takes an account, this one, for what is saved now. The forms stay as they are. */
    public void savedAs(SavedAccount account) {
        saved = account;
        stored = true;
        keeping.savedAs(account);
        for (EndpointViewModel endpoint : endpoints) {
            account.account()
                    .endpoint(endpoint.protocol())
                    .ifPresent(e -> endpoint.settings().savedAs(e));
            endpoint.settings().keepSecrets(account.keeping() != SecretKeeping.NONE);
        }
        count();
    }

    /** Takes an account's secrets, this one's, for those that are kept now. */
    public void keptAs(SavedAccount account) {
        if (account.keeping() != SecretKeeping.NONE) {
            endpoints.forEach(endpoint -> account.account()
                    .endpoint(endpoint.protocol())
                    .ifPresent(e -> endpoint.settings().keptAs(e)));
        }
        keeping.kept();
        count();
    }

    private void recalled(Recalled.Found found) {
        for (EndpointViewModel endpoint : endpoints) {
            Endpoint bare = endpoint.settings().saved();
            endpoint.settings().recalled(EndpointSecrets.fill(saved.id(), bare, found.secrets()));
        }
        count();
    }

    private EndpointViewModel create(Endpoint endpoint) {
        EndpointViewModel opened = new EndpointViewModel(endpoint, this::isFree, this::mailbox, workbench);
        opened.settings().unsavedProperty().subscribe(_ -> count());
        opened.protocolProperty().subscribe(_ -> endpointsChanged());
        opened.connection().statusProperty().subscribe(_ -> status.set(overall()));
        opened.connection().renewalProperty().subscribe(renewal -> renewal.ifPresent(this::renewed));
        opened.connections().renewalProperty().subscribe(renewal -> renewal.ifPresent(this::renewed));
        opened.message().renewalProperty().subscribe(renewal -> renewal.ifPresent(this::renewed));
        return opened;
    }

    /** Where messages to this account arrive, by IMAP rather than POP3. */
    private Optional<Endpoint> mailbox() {
        return Stream.of(Protocol.IMAP, Protocol.POP3)
                .flatMap(protocol -> endpoints.stream()
                        .map(endpoint -> endpoint.settings().current())
                        .filter(endpoint -> endpoint.protocol() == protocol))
                .findFirst();
    }

    /** The token before may be no longer good, so the new one is kept without waiting for a person to save. */
    private void renewed(Renewal renewal) {
        endpoints.forEach(endpoint -> endpoint.settings().renewed(renewal.used(), renewal.next()));
        keeping.renewed(renewal.used(), renewal.next());
    }

    private boolean isFree(Protocol protocol) {
        return endpoints.stream().noneMatch(endpoint -> endpoint.protocol() == protocol);
    }

    /** Each form offers the protocols that the others leave. */
    private void endpointsChanged() {
        List<Protocol> free =
                Arrays.stream(Protocol.values()).filter(this::isFree).toList();
        if (!addable.equals(free)) {
            addable.setAll(free);
            endpoints.forEach(endpoint -> endpoint.settings().rebuild());
        }
        status.set(overall());
        count();
    }

    private void count() {
        boolean nameless = name.get().isBlank();
        nameProblem.set(
                nameless
                        ? Optional.of(new Problem(Field.NAME, Problem.Severity.ERROR, "Type a name for the account."))
                        : Optional.empty());
        int changes = (name.get().strip().equals(saved.name()) ? 0 : 1)
                + (keeping.choice() == saved.keeping() ? 0 : 1)
                + (folder.get().strip().equals(saved.folder().orElse("")) ? 0 : 1)
                + addedAndRemoved();
        for (EndpointViewModel endpoint : endpoints) {
            changes += endpoint.settings().unsavedProperty().get();
        }
        unsaved.set(stored ? changes : Math.max(1, changes));
    }

    private int addedAndRemoved() {
        Set<Protocol> before =
                saved.account().endpoints().stream().map(Endpoint::protocol).collect(Collectors.toSet());
        Set<Protocol> now =
                endpoints.stream().map(e -> e.settings().saved().protocol()).collect(Collectors.toSet());
        long kept = before.stream().filter(now::contains).count();
        return (int) (before.size() + now.size() - 2 * kept);
    }

    private ConnectionStatus overall() {
        List<ConnectionStatus> all = endpoints.stream()
                .map(endpoint -> endpoint.connection().statusProperty().get())
                .toList();
        return List.of(
                        ConnectionStatus.CONNECTING,
                        ConnectionStatus.FAILED,
                        ConnectionStatus.OK,
                        ConnectionStatus.STOPPED)
                .stream()
                .filter(all::contains)
                .findFirst()
                .orElse(ConnectionStatus.UNTESTED);
    }
}
