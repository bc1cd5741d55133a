package org.posthorn.desktop.viewmodel.secrets;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.posthorn.account.Secret;
import org.posthorn.storage.secret.Vault;
import org.posthorn.storage.secret.VaultOpening;

/** The question for the vault's passphrase. It is asked until it is answered rightly or put off. */
public final class PassphraseViewModel {
    private static final Secret NOTHING = Secret.of("");

    /** What the passphrase is for. */
    public enum Purpose {
        OPEN("Open the vault", "Open"),
        CREATE("Create the vault", "Create"),
        CHANGE("Change the vault's passphrase", "Change");

        private final String title;
        private final String action;

        Purpose(String title, String action) {
            this.title = title;
            this.action = action;
        }

        public String title() {
            return title;
        }

        /** The name of the button. */
        public String action() {
            return action;
        }

        /** Whether the present passphrase is asked for. */
        public boolean needsPresent() {
            return this != CREATE;
        }

        /** Whether a new one is asked for, twice. */
        public boolean needsNew() {
            return this != OPEN;
        }
    }

    private final Purpose purpose;
    private final Vault vault;
    private final Background background;
    private final Consumer<Boolean> answered;
    private final ObjectProperty<Secret> present = new SimpleObjectProperty<>(NOTHING);
    private final ObjectProperty<Secret> chosen = new SimpleObjectProperty<>(NOTHING);
    private final ObjectProperty<Secret> repeated = new SimpleObjectProperty<>(NOTHING);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /** @param answered hears once whether the vault is open now */
    PassphraseViewModel(Purpose purpose, Vault vault, Background background, Consumer<Boolean> answered) {
        this.purpose = purpose;
        this.vault = vault;
        this.background = background;
        this.answered = answered;
    }

    // Properties

    public Purpose purpose() {
        return purpose;
    }

    /** What the question is about, in a sentence. */
    public String explanation() {
        return switch (purpose) {
            case OPEN -> "Passwords of your accounts are kept in it. It stays open until Posthorn is closed.";
            case CREATE ->
                "Passwords are kept in it encrypted. Nobody can open it without this passphrase, and nobody can bring"
                        + " the passphrase back.";
            case CHANGE -> "Everything in the vault is encrypted anew.";
        };
    }

    public ObjectProperty<Secret> presentProperty() {
        return present;
    }

    public ObjectProperty<Secret> chosenProperty() {
        return chosen;
    }

    public ObjectProperty<Secret> repeatedProperty() {
        return repeated;
    }

    /** What is wrong with what was typed; empty when nothing is. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether a passphrase is being tried, which takes a moment on purpose. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    // Commands

    public void submit() {
        problem.set(mistake());
        if (!busy.get() && problem.get().isEmpty()) {
            busy.set(true);
            background.run(attempt(), this::judge);
        }
    }

    /** Puts the question off. */
    public void cancel() {
        if (!busy.get()) {
            answered.accept(false);
        }
    }

    private String mistake() {
        if (purpose.needsPresent() && present.get().isEmpty()) {
            return "Type the passphrase of the vault.";
        }
        if (purpose.needsNew() && chosen.get().isEmpty()) {
            return "Type a passphrase; several words that you can remember are best.";
        }
        return purpose.needsNew() && !chosen.get().equals(repeated.get())
                ? "The two passphrases differ; type the second one again."
                : "";
    }

    private Supplier<VaultOpening> attempt() {
        Secret now = present.get();
        Secret next = chosen.get();
        return switch (purpose) {
            case OPEN -> () -> vault.open(now);
            case CREATE -> () -> vault.create(next);
            case CHANGE -> () -> vault.changePassphrase(now, next);
        };
    }

    private void judge(VaultOpening opening) {
        busy.set(false);
        switch (opening) {
            case VaultOpening.Opened() -> answered.accept(true);
            case VaultOpening.WrongPassphrase(String sentence) -> problem.set(sentence);
            case VaultOpening.Failed(String sentence) -> problem.set(sentence);
        }
    }
}
