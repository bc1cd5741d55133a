package org.posthorn.desktop.viewmodel.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.viewmodel.secrets.PassphraseViewModel.Purpose;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.Kept;
import org.posthorn.storage.secret.Recalled;
import org.posthorn.storage.secret.SecretKeeper;
import org.posthorn.storage.secret.SecretKey;
import org.posthorn.storage.secret.Vault;

/** Keychain and vault, for all accounts of the window. */
public final class SecretsViewModel {
    private final SecretKeeper keeper;
    private final Background background;
    private final ReadOnlyObjectWrapper<Vault.State> vault;
    private final ReadOnlyObjectWrapper<Optional<PassphraseViewModel>> question =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final List<Consumer<Boolean>> waiting = new ArrayList<>();
    private SecretKeeping usual = SecretKeeping.NONE;

    /**
     * @param threads runs what asks a keychain or tries a passphrase, one after the other
     * @param ui runs what touches properties, on the one thread that may
     */
    public SecretsViewModel(SecretKeeper keeper, Executor threads, Executor ui) {
        this.keeper = keeper;
        background = new Background(threads, ui);
        vault = new ReadOnlyObjectWrapper<>(keeper.vault().state());
    }

    // Properties

    public ReadOnlyObjectProperty<Vault.State> vaultProperty() {
        return vault.getReadOnlyProperty();
    }

    /** The passphrase that is asked for now, if any. */
    public ReadOnlyObjectProperty<Optional<PassphraseViewModel>> questionProperty() {
        return question.getReadOnlyProperty();
    }

    /** Where a new account keeps its secrets until a person chooses: the keychain where one answers, else nowhere. */
    public SecretKeeping usual() {
        return usual;
    }

    // Commands

    /** Finds out whether a keychain answers. */
    public void start() {
        background.run(keeper::hasKeychain, answers -> usual = answers ? SecretKeeping.KEYCHAIN : SecretKeeping.NONE);
    }

    /** Looks for an account's secrets. */
    public void recall(SavedAccount account, Consumer<Recalled> then) {
        run(() -> keeper.recall(account), then);
    }

    /** Keeps an account's secrets, see {@link SecretKeeper#keep}. */
    public void keep(SavedAccount account, SecretKeeping before, boolean known, Consumer<Kept> then) {
        run(() -> keeper.keep(account, before, known), then);
    }

    /** Keeps a refresh token that has come in place of another, see {@link SecretKeeper#renew}. */
    public void renew(SavedAccount account, Login.TokenProvider used, Secret next, Consumer<Kept> then) {
        run(() -> keeper.renew(account, used, next), then);
    }

    /** Removes a deleted account's secrets; what they were is held in memory, for {@link #restore}. */
    public CompletableFuture<Map<SecretKey, Secret>> forget(SavedAccount account, Consumer<Kept> then) {
        CompletableFuture<Map<SecretKey, Secret>> removed = new CompletableFuture<>();
        run(
                () -> {
                    Recalled recalled = keeper.recall(account);
                    removed.complete(recalled instanceof Recalled.Found(var secrets) ? secrets : Map.of());
                    return keeper.forget(account);
                },
                then);
        return removed;
    }

    /** Keeps again what was removed with a deleted account. */
    public void restore(SavedAccount account, CompletableFuture<Map<SecretKey, Secret>> removed, Consumer<Kept> then) {
        run(
                () -> keeper.keep(
                        account.withAccount(
                                EndpointSecrets.fill(account.id(), account.account(), removed.getNow(Map.of()))),
                        account.keeping(),
                        false),
                then);
    }

    /** Asks for the passphrase unless the vault is open; the answer is whether it is open then. */
    public void openVault(Consumer<Boolean> then) {
        switch (keeper.vault().state()) {
            case OPEN -> then.accept(true);
            case LOCKED -> ask(Purpose.OPEN, then);
            case ABSENT -> ask(Purpose.CREATE, then);
        }
    }

    public void changePassphrase() {
        ask(Purpose.CHANGE, _ -> {});
    }

    /** One question at a time; who asks meanwhile waits for the same answer. */
    private void ask(Purpose purpose, Consumer<Boolean> then) {
        waiting.add(then);
        if (question.get().isEmpty()) {
            question.set(Optional.of(new PassphraseViewModel(purpose, keeper.vault(), background, this::answered)));
        }
    }

    private void answered(boolean open) {
        question.set(Optional.empty());
        vault.set(keeper.vault().state());
        List<Consumer<Boolean>> asked = List.copyOf(waiting);
        waiting.clear();
        asked.forEach(each -> each.accept(open));
    }

    private <T> void run(Supplier<T> work, Consumer<T> then) {
        background.run(work, result -> {
            vault.set(keeper.vault().state());
            then.accept(result);
        });
    }
}
