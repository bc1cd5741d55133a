package org.posthorn.desktop.viewmodel.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.Kept;
import org.posthorn.storage.secret.Recalled;
import org.posthorn.storage.secret.SecretProblem;
import org.posthorn.storage.secret.Vault;

/** Where one account's secrets are kept, and how that stands. */
public final class KeepingViewModel {
    private final SecretsViewModel secrets;
    private final ObjectProperty<SecretKeeping> choice;
    private final ReadOnlyObjectWrapper<Optional<SecretProblem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper action = new ReadOnlyStringWrapper("");
    private final List<Runnable> waiting = new ArrayList<>();
    private final Consumer<Recalled.Found> found;
    private SavedAccount saved;
    private SecretKeeping inForce;
    private boolean known;
    private boolean looking;

    /**
     * @param saved the account as it is saved
     * @param stored whether it is in a file, so that something can be kept of it
     * @param found takes over what is kept
     */
    public KeepingViewModel(
            SavedAccount saved, boolean stored, SecretsViewModel secrets, Consumer<Recalled.Found> found) {
        this.saved = saved;
        inForce = stored ? saved.keeping() : SecretKeeping.NONE;
        this.secrets = secrets;
        this.found = found;
        choice = new SimpleObjectProperty<>(saved.keeping());
        known = inForce == SecretKeeping.NONE;
        choice.subscribe(_ -> show());
        secrets.vaultProperty().subscribe((_, _) -> show());
    }

    // Properties

    /** As chosen on the form, saved or not. */
    public ObjectProperty<SecretKeeping> choiceProperty() {
        return choice;
    }

    public SecretKeeping choice() {
        return choice.get();
    }

    /** How the account's secrets stand with this choice. */
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /** What can be done about it, as the name of a button; empty when nothing. */
    public ReadOnlyStringProperty actionProperty() {
        return action.getReadOnlyProperty();
    }

    public boolean hasProblem() {
        return problem.get().isPresent();
    }

    /** Whether what is kept could be recalled; until then nothing that the form lacks may be taken for deleted. */
    public boolean isKnown() {
        return known;
    }

    // Commands

    /** Looks for the secrets that are kept; the form gets them as soon as they are there. */
    public void recall() {
        if (inForce == SecretKeeping.NONE || looking) {
            return;
        }
        looking = true;
        secrets.recall(saved, this::recalled);
    }

    /** Runs something once the secrets are there or known not to be had; asks for a passphrase where that helps. */
    public void withSecrets(Runnable then) {
        if (known) {
            then.run();
            return;
        }
        if (inForce == SecretKeeping.VAULT && secrets.vaultProperty().get() == Vault.State.LOCKED) {
            secrets.openVault(open -> {
                if (open) {
                    waiting.add(then);
                    recall();
                } else {
                    then.run();
                }
            });
            return;
        }
        waiting.add(then);
        recall();
    }

    /** What the button does. */
    public void act() {
        if (choice() == SecretKeeping.VAULT && secrets.vaultProperty().get() == Vault.State.OPEN && known) {
            secrets.changePassphrase();
        } else if (choice() == SecretKeeping.VAULT) {
            secrets.openVault(open -> {
                if (open) {
                    recall();
                }
            });
        } else {
            recall();
        }
    }

    /** Takes an account for what is saved now. */
    public void savedAs(SavedAccount account) {
        saved = account;
        inForce = account.keeping();
        show();
    }

    /** The secrets are kept as they stand in the form. */
    public void kept() {
        known = true;
        problem.set(Optional.empty());
        show();
    }

    public void notKept(SecretProblem why) {
        problem.set(Optional.of(why));
        show();
    }

    /** Keeps a refresh token that has come in place of another, where the account keeps its secrets. */
    public void renewed(Login.TokenProvider used, Secret next) {
        if (inForce != SecretKeeping.NONE) {
            secrets.renew(saved, used, next, this::told);
        }
    }

    private void told(Kept kept) {
        if (kept instanceof Kept.Refused(SecretProblem why)) {
            notKept(why);
        }
    }

    private void recalled(Recalled recalled) {
        looking = false;
        switch (recalled) {
            case Recalled.Found all -> {
                known = true;
                problem.set(Optional.empty());
                found.accept(all);
            }
            case Recalled.Unavailable(SecretProblem why) -> problem.set(Optional.of(why));
        }
        show();
        List<Runnable> ready = List.copyOf(waiting);
        waiting.clear();
        ready.forEach(Runnable::run);
    }

    private void show() {
        sentence.set(
                switch (choice()) {
                    case NONE -> "They stay in memory until Posthorn is closed, and are asked for after each start.";
                    case KEYCHAIN -> words("Kept in the keychain of this computer");
                    case VAULT -> vaultWords();
                });
        action.set(actionWords());
    }

    private String vaultWords() {
        return switch (secrets.vaultProperty().get()) {
            case ABSENT ->
                inForce == SecretKeeping.VAULT && hasProblem()
                        ? problemWords()
                        : "Kept encrypted in a vault of Posthorn's own, which saving creates.";
            case LOCKED -> "The vault is locked; its passphrase opens it.";
            case OPEN -> words("Kept encrypted in the vault, which is open until Posthorn is closed");
        };
    }

    private String words(String kept) {
        if (hasProblem() && inForce == choice()) {
            return problemWords();
        }
        return inForce == choice() ? kept + "." : kept + ", once the account is saved.";
    }

    private String problemWords() {
        return problem.get().map(SecretProblem::sentence).orElse("");
    }

    private String actionWords() {
        return switch (choice()) {
            case NONE -> "";
            case KEYCHAIN -> hasProblem() && inForce == SecretKeeping.KEYCHAIN ? "Try again" : "";
            case VAULT ->
                switch (secrets.vaultProperty().get()) {
                    case ABSENT -> "Create the vault…";
                    case LOCKED -> "Open the vault…";
                    case OPEN -> known ? "Change its passphrase…" : "Try again";
                };
        };
    }
}
