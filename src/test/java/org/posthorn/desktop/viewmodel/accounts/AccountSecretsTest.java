package org.posthorn.desktop.viewmodel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.desktop.viewmodel.secrets.PassphraseViewModel;
import org.posthorn.desktop.viewmodel.secrets.PassphraseViewModel.Purpose;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.secret.ScriptedKeychain;
import org.posthorn.storage.secret.SecretProblem.Kind;
import org.posthorn.testkit.Canary;

/** What becomes of an account's passwords, from typing to the next start. */
class AccountSecretsTest {
    private static final Secret PASSWORD = Secret.of("canary-Pa55 wörd+/%");
    private static final Secret PASSPHRASE = Secret.of("Tr0ub4dor&3-kestrel");

    @TempDir
    Path folder;

    private final ScriptedKeychain keychain = new ScriptedKeychain();
    private AccountsViewModel model = start(Path.of("nowhere"));

    @BeforeEach
    void begin() {
        model = restarted();
    }

    @Test
    void aNewAccountUsesTheKeychainWhereOneAnswers() {
        assertThat(model.create(Protocol.IMAP).open().keeping().choice()).isEqualTo(SecretKeeping.KEYCHAIN);

        keychain.refuse(Kind.MISSING);
        assertThat(restarted().create(Protocol.IMAP).open().keeping().choice()).isEqualTo(SecretKeeping.NONE);
    }

    @Test
    void aPasswordInTheKeychainIsThereAfterARestart() {
        AccountItem alice = saved(SecretKeeping.KEYCHAIN);
        assertThat(alice.hasUnsaved()).isFalse();
        assertThat(sentence(alice)).isEqualTo("Kept in the keychain of this computer.");

        model = restarted();

        assertThat(password(item()).value()).isEqualTo(PASSWORD);
        assertThat(item().hasUnsaved()).isFalse();
        assertThat(item().open().selected().connect()).isTrue();
    }

    @Test
    void aPasswordInTheVaultIsThereAfterItsPassphrase() {
        AccountItem alice = saved(SecretKeeping.VAULT);
        answer(Purpose.CREATE, PASSPHRASE);
        assertThat(alice.hasUnsaved()).isFalse();

        model = restarted();
        assertThat(password(item()).value().isEmpty()).isTrue();
        assertThat(sentence(item())).contains("locked");
        item().open().keeping().act();
        answer(Purpose.OPEN, PASSPHRASE);

        assertThat(password(item()).value()).isEqualTo(PASSWORD);
        assertThat(item().hasUnsaved()).isFalse();
    }

    @Test
    void aWrongPassphraseIsToldAndAskedForAgain() {
        saved(SecretKeeping.VAULT);
        answer(Purpose.CREATE, PASSPHRASE);
        model = restarted();
        item().open().keeping().act();

        answer(Purpose.OPEN, Secret.of("wrong"));
        assertThat(question().problemProperty().get()).contains("not the passphrase");
        answer(Purpose.OPEN, PASSPHRASE);

        assertThat(model.secrets().questionProperty().get()).isEmpty();
        assertThat(password(item()).value()).isEqualTo(PASSWORD);
    }

    @Test
    void aNewPassphraseIsTypedTwice() {
        saved(SecretKeeping.VAULT);

        question().submit();
        assertThat(question().problemProperty().get()).contains("Type a passphrase");
        question().chosenProperty().set(PASSPHRASE);
        question().repeatedProperty().set(Secret.of("other"));
        question().submit();
        assertThat(question().problemProperty().get()).contains("differ");
        assertThat(folder.resolve("vault.json")).doesNotExist();
    }

    @Test
    void thePassphraseCanBeChanged() {
        saved(SecretKeeping.VAULT);
        answer(Purpose.CREATE, PASSPHRASE);
        assertThat(item().open().keeping().actionProperty().get()).isEqualTo("Change its passphrase…");
        item().open().keeping().act();
        question().presentProperty().set(PASSPHRASE);
        answer(Purpose.CHANGE, Secret.of("another"));

        model = restarted();
        item().open().keeping().act();
        answer(Purpose.OPEN, Secret.of("another"));
        assertThat(password(item()).value()).isEqualTo(PASSWORD);
    }

    @Test
    void aVaultThatStaysShutCostsNoAccount() {
        AccountItem alice = saved(SecretKeeping.VAULT);
        question().cancel();

        assertThat(model.noticeProperty().get()).contains("is saved, but its passwords are not kept");
        assertThat(alice.hasUnsaved()).isTrue();
        assertThat(password(alice).value()).isEqualTo(PASSWORD);
        assertThat(inFile()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aKeychainThatRefusesCostsNoAccount(Kind kind) {
        AccountItem alice = edited(SecretKeeping.KEYCHAIN);
        keychain.refuse(kind);

        model.save(alice);

        assertThat(model.noticeProperty().get()).contains("not kept", "The keychain is " + kind);
        assertThat(sentence(alice)).isEqualTo("The keychain is " + kind + ".");
        assertThat(password(alice).value()).isEqualTo(PASSWORD);
        assertThat(alice.hasUnsaved()).isTrue();
        assertThat(inFile()).isEqualTo(1);
        keychain.answer();
        model.save(alice);
        assertThat(alice.hasUnsaved()).isFalse();
        assertThat(keychain.names()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aKeychainThatRefusesAtTheStartLosesNothingAndIsTriedAgain(Kind kind) {
        saved(SecretKeeping.KEYCHAIN);
        keychain.refuse(kind);
        model = restarted();
        assertThat(sentence(item())).isEqualTo("The keychain is " + kind + ".");

        keychain.answer();
        ((TextSetting) item().open().selected().settings().field(Field.HOST).orElseThrow())
                .valueProperty()
                .set("other.example.org");
        model.save(item());
        assertThat(keychain.names()).hasSize(1);
        item().open().keeping().act();

        assertThat(password(item()).value()).isEqualTo(PASSWORD);
    }

    @Test
    void aPasswordThatIsTypedIsUnsavedUntilItIsKept() {
        AccountItem alice = saved(SecretKeeping.KEYCHAIN);

        password(alice).valueProperty().set(Secret.of("another"));
        assertThat(alice.hasUnsaved()).isTrue();
        alice.open().revert();
        assertThat(password(alice).value()).isEqualTo(PASSWORD);

        password(alice).valueProperty().set(Secret.of(""));
        model.save(alice);
        assertThat(keychain.names()).isEmpty();
    }

    @Test
    void whatIsTypedBeforeTheVaultOpensStays() {
        saved(SecretKeeping.VAULT);
        answer(Purpose.CREATE, PASSPHRASE);
        model = restarted();
        password(item()).valueProperty().set(Secret.of("typed"));

        item().open().keeping().act();
        answer(Purpose.OPEN, PASSPHRASE);

        assertThat(password(item()).value()).isEqualTo(Secret.of("typed"));
        assertThat(item().hasUnsaved()).isTrue();
    }

    @Test
    void aPasswordThatIsNotToBeKeptIsNowhere() {
        AccountItem alice = saved(SecretKeeping.NONE);
        assertThat(alice.hasUnsaved()).isFalse();
        assertThat(sentence(alice)).contains("stay in memory");
        assertThat(keychain.names()).isEmpty();

        model = restarted();
        assertThat(password(item()).value().isEmpty()).isTrue();
    }

    @Test
    void choosingNotToKeepRemovesWhatWasKept() {
        AccountItem alice = saved(SecretKeeping.KEYCHAIN);
        alice.open().keeping().choiceProperty().set(SecretKeeping.NONE);
        assertThat(alice.hasUnsaved()).isTrue();
        model.save(alice);

        assertThat(keychain.names()).isEmpty();
        assertThat(password(alice).value()).isEqualTo(PASSWORD);
    }

    @Test
    void aDeletedAccountTakesItsPasswordsAlongAndUndoBringsThemBack() {
        AccountItem alice = saved(SecretKeeping.KEYCHAIN);
        model.delete(alice);
        assertThat(keychain.names()).isEmpty();

        model.undoDelete();

        assertThat(keychain.names()).hasSize(1);
        model = restarted();
        assertThat(password(item()).value()).isEqualTo(PASSWORD);
    }

    @Test
    void aKeychainThatRefusesToForgetIsTold() {
        AccountItem alice = saved(SecretKeeping.KEYCHAIN);
        keychain.refuse(Kind.LOCKED);

        model.delete(alice);
        assertThat(inFile()).isZero();

        assertThat(model.noticeProperty().get()).contains("is deleted, but", "The keychain is LOCKED");
    }

    @Test
    void renamingKeepsAndDuplicatingDoesNotCopy() {
        AccountItem alice = saved(SecretKeeping.KEYCHAIN);
        model.rename(alice, "alison");
        assertThat(alice.hasUnsaved()).isFalse();

        AccountItem copy = model.duplicate(alice);
        assertThat(copy.open().keeping().choice()).isEqualTo(SecretKeeping.NONE);
        model.save(copy);

        assertThat(keychain.names()).hasSize(1);
        model = restarted();
        assertThat(password(item()).value()).isEqualTo(PASSWORD);
    }

    @Test
    void noFileHoldsATraceOfPasswordOrPassphrase() throws IOException {
        saved(SecretKeeping.VAULT);
        answer(Purpose.CREATE, PASSPHRASE);
        model.delete(model.duplicate(item()));

        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(new Canary("canary-Pa55 wörd+/%").traceIn(text)).isEmpty();
                assertThat(new Canary("Tr0ub4dor&3-kestrel").traceIn(text)).isEmpty();
            }
        }
    }

    private AccountItem edited(SecretKeeping keeping) {
        AccountItem item = model.create(Protocol.IMAP);
        ((TextSetting) item.open().selected().settings().field(Field.HOST).orElseThrow())
                .valueProperty()
                .set("mail.example.org");
        ((TextSetting) item.open().selected().settings().field(Field.USER).orElseThrow())
                .valueProperty()
                .set("alice");
        password(item).valueProperty().set(PASSWORD);
        item.open().keeping().choiceProperty().set(keeping);
        return item;
    }

    private AccountItem saved(SecretKeeping keeping) {
        AccountItem item = edited(keeping);
        model.save(item);
        return item;
    }

    private void answer(Purpose purpose, Secret passphrase) {
        PassphraseViewModel question = question();
        assertThat(question.purpose()).isEqualTo(purpose);
        if (purpose.needsNew()) {
            question.chosenProperty().set(passphrase);
            question.repeatedProperty().set(passphrase);
        } else {
            question.presentProperty().set(passphrase);
        }
        question.submit();
    }

    private PassphraseViewModel question() {
        return model.secrets().questionProperty().get().orElseThrow();
    }

    private AccountItem item() {
        return model.items().getFirst();
    }

    private int inFile() {
        return new AccountFile(folder.resolve("accounts.json"), Clock.systemUTC())
                .load()
                .accounts()
                .size();
    }

    private static SecretSetting password(AccountItem item) {
        return (SecretSetting)
                item.open().selected().settings().field(Field.PASSWORD).orElseThrow();
    }

    private static String sentence(AccountItem item) {
        return item.open().keeping().sentenceProperty().get();
    }

    private AccountsViewModel restarted() {
        AccountsViewModel again = start(folder);
        again.load();
        return again;
    }

    private AccountsViewModel start(Path place) {
        return new AccountsViewModel(
                new AccountFile(place.resolve("accounts.json"), Clock.systemUTC()),
                new Workbench(
                        _ -> new ScriptedConnector(), new CapabilityRegistry(), ScriptedConnector.NOON, Runnable::run),
                InlineSecrets.of(keychain, place),
                Runnable::run,
                Runnable::run);
    }
}
