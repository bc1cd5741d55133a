package org.posthorn.desktop.viewmodel.accounts;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountItem.Origin;
import org.posthorn.desktop.viewmodel.secrets.SecretsViewModel;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.Opened;
import org.posthorn.storage.Saved;
import org.posthorn.storage.SavedAccount;

/** The list of accounts. */
public final class AccountsViewModel {
    private static final String DEMO_FOLDER = "Demo";

    private final AccountFile file;
    private final Workbench workbench;
    private final SecretsViewModel secrets;
    private final SecretWrites secretWrites;
    private final AccountWrites writes;
    private final ObservableList<AccountItem> items = FXCollections.observableArrayList();
    private final ObservableList<AccountRow> rows = FXCollections.observableArrayList();
    // Kept, since a view of a list that nobody holds on to is collected, and its listeners with it.
    private final ObservableList<AccountItem> readOnlyItems = FXCollections.unmodifiableObservableList(items);
    private final ObservableList<AccountRow> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
    private final StringProperty filter = new SimpleStringProperty("");
    private final Set<String> folded = new HashSet<>();
    private final ObjectProperty<Optional<AccountItem>> selected = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Deletion>> deletion = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");

    /**
     * An empty list.
     *
     * @param threads runs what writes the file
     * @param ui runs what touches properties, on the one thread that may
     */
    public AccountsViewModel(
            AccountFile file, Workbench workbench, SecretsViewModel secrets, Executor threads, Executor ui) {
        this.file = file;
        this.secrets = secrets;
        secretWrites = new SecretWrites(secrets, notice::set);
        this.workbench = workbench;
        writes = new AccountWrites(threads, ui);
        filter.subscribe(_ -> arrange());
        items.subscribe(this::arrange);
    }

    // Properties

    /** Where the secrets of all accounts are kept. */
    public SecretsViewModel secrets() {
        return secrets;
    }

    /** Every account, in the order of the file. */
    public ObservableList<AccountItem> items() {
        return readOnlyItems;
    }

    /** What the list shows: headings of folders, and the accounts that pass the filter. */
    public ObservableList<AccountRow> rows() {
        return readOnlyRows;
    }

    /** What is looked for in names, folders and hosts. */
    public StringProperty filterProperty() {
        return filter;
    }

    public ObjectProperty<Optional<AccountItem>> selectedProperty() {
        return selected;
    }

    /** The last deletion, as long as it can be undone. */
    public ReadOnlyObjectProperty<Optional<Deletion>> deletionProperty() {
        return deletion.getReadOnlyProperty();
    }

    /** What the account file has to say, until it is dismissed; empty when there is nothing. */
    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /** Whether the file is being written; commands on it wait for each other. */
    public ReadOnlyBooleanProperty savingProperty() {
        return writes.busyProperty();
    }

    // Commands

    /** Reads the file and selects the first account. */
    public void load() {
        secrets.start();
        Opened opened = file.load();
        items.setAll(opened.accounts().stream()
                .map(saved -> item(saved, Origin.STORED))
                .toList());
        notice.set(opened.sentence());
        selected.set(items.stream().findFirst());
    }

    /** A new account with one endpoint and a login by password, selected and not saved yet. */
    public AccountItem create(Protocol protocol) {
        Endpoint endpoint = Endpoint.of(protocol, "").withLogin(Login.password("", Secret.of("")));
        Account account = new Account(freeName("New account"), List.of(endpoint));
        return add(SavedAccount.create(Optional.empty(), account).withKeeping(secrets.usual()), Origin.NEW);
    }

    /** Puts the demo's account into the list, in place of an earlier one, and selects it. */
    public AccountItem showDemo(Account account) {
        items.stream().filter(item -> item.origin() == Origin.DEMO).forEach(AccountItem::stop);
        items.removeIf(item -> item.origin() == Origin.DEMO);
        return add(SavedAccount.create(Optional.of(DEMO_FOLDER), account), Origin.DEMO);
    }

    /** Saves an account as its forms stand; no effect for the demo. */
    public void save(AccountItem item) {
        writes.inTurn(() -> {
            if (item.origin() != Origin.DEMO && item.open().canSave()) {
                SavedAccount account = item.current();
                SecretKeeping before =
                        item.origin() == Origin.STORED ? item.saved().keeping() : SecretKeeping.NONE;
                write(item, account, () -> secretWrites.keep(item, account, before), () -> {});
            }
        });
    }

    /** Gives an account another name, saved at once; other edits of its forms stay unsaved. */
    public void rename(AccountItem item, String name) {
        if (!name.isBlank() && item.origin() != Origin.DEMO) {
            writes.inTurn(() -> renameNow(item, name.strip()));
        }
    }

    private void renameNow(AccountItem item, String name) {
        if (item.origin() == Origin.NEW) {
            item.open().nameProperty().set(name);
            return;
        }
        SavedAccount saved = item.saved();
        Account renamed = new Account(name, saved.account().endpoints());
        write(item, saved.withAccount(renamed), () -> item.open().nameProperty().set(name), () -> {});
    }

    /**
     * A copy of an account as its forms stand, passwords included, selected and not saved yet. It keeps none of them until its
     * own form says so: no secret gets to a second place without a word.
     */
    public AccountItem duplicate(AccountItem item) {
        SavedAccount original = item.current();
        Account copy = new Account(
                freeName(original.name() + " copy"), original.account().endpoints());
        Optional<String> folder = item.origin() == Origin.DEMO ? Optional.empty() : original.folder();
        return add(SavedAccount.create(folder, copy), Origin.NEW);
    }

    /** Deletes an account, from the file too; {@link #undoDelete} brings it back with its edits. */
    public void delete(AccountItem item) {
        writes.inTurn(() -> {
            if (!items.contains(item)) {
                return;
            }
            if (item.origin() == Origin.STORED) {
                writes.write(() -> file.remove(item.id()), outcome -> removed(item, outcome));
            } else {
                forget(item);
            }
        });
    }

    private void removed(AccountItem item, Saved outcome) {
        switch (outcome) {
            case Saved.Refused(String sentence) -> notice.set(sentence);
            case Saved.Written(List<SavedAccount> accounts, String sentence) -> {
                notice.set(sentence);
                if (accounts.stream().anyMatch(account -> account.id().equals(item.id()))) {
                    adopt(accounts);
                } else {
                    forget(item);
                }
            }
        }
    }

    private void forget(AccountItem item) {
        item.stop();
        int index = items.indexOf(item);
        if (index < 0) {
            return;
        }
        items.remove(index);
        deletion.set(Optional.of(new Deletion(item, index, secretWrites.forget(item))));
        selected.set(items.isEmpty() ? Optional.empty() : Optional.of(items.get(Math.min(index, items.size() - 1))));
    }

    /** Brings the account that was deleted last back to where it stood. */
    public void undoDelete() {
        writes.inTurn(() -> deletion.get().ifPresent(this::bringBack));
    }

    private void bringBack(Deletion deleted) {
        AccountItem item = deleted.item();
        items.add(Math.min(deleted.index(), items.size()), item);
        Runnable done = () -> {
            deletion.set(Optional.empty());
            selected.set(Optional.of(item));
        };
        if (item.origin() == Origin.STORED) {
            Runnable brought = () -> {
                secretWrites.restore(item, deleted.secrets());
                done.run();
            };
            write(item, item.saved(), brought, () -> items.remove(item));
        } else {
            done.run();
        }
    }

    /** Runs a step once everything that was asked for is written, and kept as far as it can be. */
    public void whenSaved(Runnable step) {
        writes.inTurn(() -> secretWrites.whenDone(step));
    }

    /** Folds or unfolds a folder. */
    public void toggle(String folder) {
        if (!folded.remove(folder)) {
            folded.add(folder);
        }
        arrange();
    }

    public void dismissNotice() {
        notice.set("");
    }

    /** Shows a sentence where the file's sentences stand. */
    public void say(String sentence) {
        notice.set(sentence);
    }

    public void stopAll() {
        items.forEach(AccountItem::stop);
    }

    private AccountItem add(SavedAccount account, Origin origin) {
        AccountItem item = item(account, origin);
        items.add(item);
        selected.set(Optional.of(item));
        return item;
    }

    private AccountItem item(SavedAccount account, Origin origin) {
        return new AccountItem(account, origin, workbench, secrets);
    }

    private void write(AccountItem item, SavedAccount account, Runnable done, Runnable refused) {
        writes.write(() -> file.put(account), outcome -> {
            switch (outcome) {
                case Saved.Refused(String sentence) -> {
                    notice.set(sentence);
                    refused.run();
                }
                case Saved.Written(List<SavedAccount> accounts, String sentence) -> {
                    notice.set(sentence);
                    item.savedAs(account.withoutSecrets());
                    adopt(accounts);
                    done.run();
                }
            }
        });
    }

    /** Takes over what other programs have written into the file meanwhile. */
    private void adopt(List<SavedAccount> accounts) {
        Map<String, AccountItem> known = items.stream().collect(Collectors.toMap(AccountItem::id, Function.identity()));
        Set<String> inFile = accounts.stream().map(SavedAccount::id).collect(Collectors.toSet());
        for (SavedAccount account : accounts) {
            AccountItem item = known.get(account.id());
            if (item == null) {
                items.add(item(account, Origin.STORED));
            } else if (!item.saved().withoutSecrets().equals(account)) {
                item.savedAs(account);
            }
        }
        items.stream()
                .filter(item -> item.origin() == Origin.STORED && !inFile.contains(item.id()))
                .toList()
                .forEach(this::vanish);
        arrange();
    }

    /** Another program has deleted it: it goes, unless there are edits here that would go with it. */
    private void vanish(AccountItem item) {
        if (item.hasUnsaved()) {
            item.forgotten();
            return;
        }
        item.stop();
        items.remove(item);
        if (selected.get().filter(item::equals).isPresent()) {
            selected.set(items.stream().findFirst());
        }
    }

    private String freeName(String wanted) {
        Set<String> taken = items.stream().map(AccountItem::name).collect(Collectors.toSet());
        String name = wanted;
        for (int number = 2; taken.contains(name); number++) {
            name = wanted + " " + number;
        }
        return name;
    }

    private void arrange() {
        List<AccountRow> arranged = AccountRows.of(items, filter.get(), folded);
        if (!rows.equals(arranged)) {
            rows.setAll(arranged);
        }
    }
}
