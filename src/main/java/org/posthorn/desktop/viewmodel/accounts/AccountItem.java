package org.posthorn.desktop.viewmodel.accounts;

import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.secrets.SecretsViewModel;
import org.posthorn.storage.SavedAccount;

/** An account in the list. It is opened when it is first looked at, and then keeps its edits and its connections. */
public final class AccountItem {

    /** Where it comes from. */
    public enum Origin {
        /** Made here and not saved yet. */
        NEW,
        /** In the file. */
        STORED,
        /** The built-in demo, which is never saved. */
        DEMO
    }

    private final Workbench workbench;
    private final SecretsViewModel secrets;
    private final ReadOnlyStringWrapper name = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<ConnectionStatus> status =
            new ReadOnlyObjectWrapper<>(ConnectionStatus.UNTESTED);
    private final ReadOnlyBooleanWrapper unsaved = new ReadOnlyBooleanWrapper();
    private SavedAccount saved;
    private Origin origin;
    private Optional<AccountViewModel> opened = Optional.empty();

    AccountItem(SavedAccount saved, Origin origin, Workbench workbench, SecretsViewModel secrets) {
        this.secrets = secrets;
        this.saved = saved;
        this.origin = origin;
        this.workbench = workbench;
        show();
    }

    // Properties

    public String id() {
        return saved.id();
    }

    /** The name as it is edited. */
    public ReadOnlyStringProperty nameProperty() {
        return name.getReadOnlyProperty();
    }

    public String name() {
        return name.get();
    }

    /** The heading under which it stands; empty for none. */
    public String folder() {
        return saved.folder().orElse("");
    }

    public ReadOnlyObjectProperty<ConnectionStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** A word or two at the right: its protocols, or what goes on. */
    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty unsavedProperty() {
        return unsaved.getReadOnlyProperty();
    }

    public boolean hasUnsaved() {
        return unsaved.get();
    }

    public Origin origin() {
        return origin;
    }

    /** The account as it is saved, or as it was made. */
    public SavedAccount saved() {
        return saved;
    }

    /** The account, opened; the same one at each call. */
    public AccountViewModel open() {
        if (opened.isEmpty()) {
            AccountViewModel account = new AccountViewModel(saved, origin != Origin.NEW, workbench, secrets);
            opened = Optional.of(account);
            account.nameProperty().subscribe(_ -> show());
            account.statusProperty().subscribe(_ -> show());
            account.unsavedProperty().subscribe(_ -> show());
            account.endpoints().subscribe(this::show);
        }
        return opened.get();
    }

    // The list's side

    /** The account as its forms stand, if it is open, else as it is saved. */
    SavedAccount current() {
        return opened.map(AccountViewModel::current).orElse(saved);
    }

    /** Takes over what the file holds; edits that are not saved stay. */
    void savedAs(SavedAccount account) {
        boolean edited = hasUnsaved() && !current().withoutSecrets().equals(account);
        saved = account;
        origin = Origin.STORED;
        opened.ifPresent(view -> {
            view.savedAs(account);
            if (!edited) {
                view.revertSettings();
            }
        });
        show();
    }

    /** The file holds it no longer; its edits make it a new account. */
    void forgotten() {
        origin = Origin.NEW;
        show();
    }

    void stop() {
        opened.ifPresent(AccountViewModel::stop);
    }

    private void show() {
        name.set(opened.map(view -> view.nameProperty().get()).orElse(saved.name()));
        status.set(opened.map(view -> view.statusProperty().get()).orElse(ConnectionStatus.UNTESTED));
        unsaved.set(origin != Origin.DEMO
                && opened.map(AccountViewModel::hasUnsaved).orElse(origin == Origin.NEW));
        detail.set(detail());
    }

    private String detail() {
        if (status.get() == ConnectionStatus.CONNECTING) {
            return status.get().word();
        }
        if (origin == Origin.DEMO) {
            return "built in";
        }
        return current().account().endpoints().stream()
                .map(endpoint -> endpoint.protocol().name())
                .collect(Collectors.joining(" "));
    }
}
