package org.posthorn.desktop.viewmodel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountItem.Origin;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;

class AccountsViewModelTest {
    @TempDir
    Path folder;

    private final ScriptedConnector connector = new ScriptedConnector();
    private final Workbench workbench =
            new Workbench(_ -> connector, new CapabilityRegistry(), ScriptedConnector.NOON, Runnable::run);
    private Executor threads = Runnable::run;
    private AccountsViewModel model = open(Path.of(""));

    @BeforeEach
    void begin() {
        AccountFile file = otherProgram();
        file.put(saved("alice", "Acme", "imap.acme.example"));
        file.put(saved("bob", "Acme", "mail.acme.example"));
        file.put(saved("carol", "", "mail.example.org"));
        model = open(path());
        model.load();
    }

    @Test
    void listsTheAccountsUnderTheirFolders() {
        assertThat(rows()).containsExactly("carol", "[Acme 2]", "alice", "bob");
        assertThat(item("alice").detailProperty().get()).isEqualTo("IMAP");
        assertThat(model.selectedProperty().get()).contains(item("alice"));
    }

    @Test
    void filtersByNameFolderAndHost() {
        model.filterProperty().set("ALICE");
        assertThat(rows()).containsExactly("[Acme 1]", "alice");
        model.filterProperty().set("mail.acme");
        assertThat(rows()).containsExactly("[Acme 1]", "bob");
        model.filterProperty().set("acme");
        assertThat(rows()).containsExactly("[Acme 2]", "alice", "bob");
        model.filterProperty().set("nobody");
        assertThat(rows()).isEmpty();
    }

    @Test
    void foldsAFolderUntilSomethingInItIsLookedFor() {
        model.toggle("Acme");
        assertThat(rows()).containsExactly("carol", "[Acme 2 folded]");

        model.filterProperty().set("bob");
        assertThat(rows()).containsExactly("[Acme 1]", "bob");
        model.filterProperty().set("");
        model.toggle("Acme");
        assertThat(rows()).containsExactly("carol", "[Acme 2]", "alice", "bob");
    }

    @Test
    void aNewAccountIsSelectedAndSavedWhenAsked() {
        AccountItem item = model.create(Protocol.POP3);

        assertThat(model.selectedProperty().get()).contains(item);
        assertThat(item.hasUnsaved()).isTrue();
        assertThat(inFile()).containsExactly("alice", "bob", "carol");

        item.open().nameProperty().set("dave");
        assertThat(item.name()).isEqualTo("dave");
        model.save(item);
        assertThat(item.hasUnsaved()).isFalse();
        assertThat(inFile()).containsExactly("alice", "bob", "carol", "dave");
    }

    @Test
    void aSecondNewAccountHasANameOfItsOwn() {
        assertThat(model.create(Protocol.IMAP).name()).isEqualTo("New account");
        assertThat(model.create(Protocol.IMAP).name()).isEqualTo("New account 2");
    }

    @Test
    void savingKeepsThePasswordInTheFormAndOutOfTheFile() throws IOException {
        AccountItem alice = item("alice");
        secret(alice).valueProperty().set(Secret.of("canary-Pa55word"));
        type(alice, "imap.example.org");

        model.save(alice);

        assertThat(secret(alice).value()).isEqualTo(Secret.of("canary-Pa55word"));
        assertThat(alice.hasUnsaved()).isFalse();
        assertThat(Files.readString(path())).contains("imap.example.org").doesNotContain("canary");
    }

    @Test
    void renamingIsSavedAtOnceAndLeavesOtherEditsUnsaved() {
        AccountItem alice = item("alice");
        type(alice, "edited.example.org");

        model.rename(alice, " alison ");

        assertThat(alice.name()).isEqualTo("alison");
        assertThat(inFile()).containsExactly("alison", "bob", "carol");
        assertThat(alice.open().unsavedProperty().get()).isEqualTo(1);
        assertThat(host(alice)).isEqualTo("edited.example.org");
        model.rename(alice, "  ");
    }

    @Test
    void aDuplicateIsTheFormAsItStandsWithItsPassword() {
        AccountItem alice = item("alice");
        secret(alice).valueProperty().set(Secret.of("secret"));
        type(alice, "edited.example.org");

        AccountItem copy = model.duplicate(alice);

        assertThat(copy.name()).isEqualTo("alice copy");
        assertThat(copy.folder()).isEqualTo("Acme");
        assertThat(host(copy)).isEqualTo("edited.example.org");
        assertThat(secret(copy).value()).isEqualTo(Secret.of("secret"));
        assertThat(copy.id()).isNotEqualTo(alice.id());
        assertThat(copy.hasUnsaved()).isTrue();
    }

    @Test
    void aDeletedAccountComesBackWithItsEdits() {
        AccountItem alice = item("alice");
        type(alice, "edited.example.org");

        model.delete(alice);
        assertThat(inFile()).containsExactly("bob", "carol");
        assertThat(rows()).containsExactly("carol", "[Acme 1]", "bob");
        assertThat(model.deletionProperty().get().map(Deletion::sentence)).contains("“alice” is deleted.");

        model.undoDelete();
        assertThat(inFile()).containsExactlyInAnyOrder("alice", "bob", "carol");
        assertThat(model.items()).startsWith(alice);
        assertThat(model.items()).hasSize(3);
        assertThat(model.selectedProperty().get()).contains(alice);
        assertThat(host(alice)).isEqualTo("edited.example.org");
        assertThat(alice.hasUnsaved()).isTrue();
        assertThat(model.deletionProperty().get()).isEmpty();
    }

    @Test
    void deletingStopsTheTestThatRuns() {
        AccountItem alice = item("alice");
        secret(alice).valueProperty().set(Secret.of("secret"));
        alice.open().selected().connect();
        assertThat(alice.statusProperty().get()).isEqualTo(ConnectionStatus.CONNECTING);
        assertThat(alice.detailProperty().get()).isEqualTo("connecting");

        model.delete(alice);

        assertThat(connector.last().isStopped()).isTrue();
    }

    @Test
    void takesOverWhatAnotherProgramHasWritten() {
        AccountFile other = otherProgram();
        SavedAccount bob = item("bob").saved();
        other.load();
        other.put(new SavedAccount(
                bob.id(), bob.folder(), new Account("robert", bob.account().endpoints())));
        other.put(saved("dave", "", "mail.example.org"));
        other.remove(item("carol").id());
        type(item("alice"), "edited.example.org");

        model.save(item("alice"));

        assertThat(rows()).containsExactly("dave", "[Acme 2]", "alice", "robert");
    }

    @Test
    void editsOfAnAccountThatAnotherProgramHasDeletedStayHere() {
        type(item("carol"), "edited.example.org");
        AccountFile other = otherProgram();
        other.load();
        other.remove(item("carol").id());

        model.rename(item("alice"), "alison");

        assertThat(item("carol").origin()).isEqualTo(Origin.NEW);
        model.save(item("carol"));
        assertThat(inFile()).containsExactly("alison", "bob", "carol");
    }

    @Test
    void anUnreadableFileIsSaidAndKeptAndTheListStartsEmpty() throws IOException {
        Files.writeString(path(), "{ oops");
        model.load();

        assertThat(model.items()).isEmpty();
        assertThat(model.noticeProperty().get()).contains("cannot be read");

        model.save(model.create(Protocol.IMAP));
        assertThat(model.noticeProperty().get()).contains("is kept as");
        model.dismissNotice();
        assertThat(model.noticeProperty().get()).isEmpty();
        assertThat(inFile()).containsExactly("New account");
    }

    @Test
    void whatCannotBeSavedStaysAsAnEditAndIsSaid() throws IOException {
        Files.writeString(path(), Files.readString(path()).replace("\"schema\" : 1", "\"schema\" : 9"));
        type(item("alice"), "edited.example.org");

        model.save(item("alice"));
        model.delete(item("bob"));

        assertThat(item("alice").hasUnsaved()).isTrue();
        assertThat(model.noticeProperty().get()).contains("later version");
        assertThat(rows()).containsExactly("carol", "[Acme 2]", "alice", "bob");
    }

    @Test
    void theDemoStandsInAFolderOfItsOwnAndIsNeverSaved() {
        Account account = new Account("demo@localhost", List.of(Endpoint.of(Protocol.IMAP, "127.0.0.1")));
        AccountItem demo = model.showDemo(account);
        demo.open().nameProperty().set("mine");

        assertThat(demo.hasUnsaved()).isFalse();
        assertThat(demo.detailProperty().get()).isEqualTo("built in");
        model.save(demo);
        assertThat(inFile()).containsExactly("alice", "bob", "carol");

        model.showDemo(account);
        assertThat(rows()).containsExactly("carol", "[Acme 2]", "alice", "bob", "[Demo 1]", "demo@localhost");
    }

    @Test
    void savesAwayFromTheWindowsThreadAndKeepsWhatIsTypedMeanwhile() {
        Deque<Runnable> background = later();
        AccountItem alice = item("alice");
        type(alice, "edited.example.org");
        model.save(alice);
        assertThat(model.savingProperty().get()).isTrue();
        assertThat(alice.hasUnsaved()).isTrue();
        type(alice, "typed.later.example");

        background.remove().run();

        assertThat(model.savingProperty().get()).isFalse();
        assertThat(host(alice)).isEqualTo("typed.later.example");
        assertThat(alice.open().unsavedProperty().get()).isEqualTo(1);
        assertThat(alice.saved().account().endpoints().getFirst().host()).isEqualTo("edited.example.org");
    }

    @Test
    void keepsWhatIsTypedWhileANewAccountIsSaved() {
        Deque<Runnable> background = later();
        AccountItem created = model.create(Protocol.IMAP);
        model.save(created);
        type(created, "typed.later.example");

        background.remove().run();

        assertThat(host(created)).isEqualTo("typed.later.example");
        assertThat(created.hasUnsaved()).isTrue();
    }

    @Test
    void writesOneCommandAfterTheOther() {
        Deque<Runnable> background = later();
        List<String> closed = new ArrayList<>();
        model.rename(item("alice"), "alison");
        model.delete(item("bob"));
        model.undoDelete();
        model.whenSaved(() -> closed.add("closed"));
        assertThat(background).hasSize(1);

        background.remove().run();
        assertThat(inFile()).containsExactly("alison", "bob", "carol");
        background.remove().run();
        assertThat(inFile()).containsExactly("alison", "carol");
        assertThat(closed).isEmpty();
        background.remove().run();
        assertThat(inFile()).containsExactlyInAnyOrder("alison", "bob", "carol");
        assertThat(closed).containsExactly("closed");
    }

    /** Opens the list anew, with writes that wait until the test runs them. */
    private Deque<Runnable> later() {
        Deque<Runnable> background = new ArrayDeque<>();
        threads = background::add;
        model = open(path());
        model.load();
        return background;
    }

    private AccountsViewModel open(Path path) {
        return new AccountsViewModel(
                new AccountFile(path, Clock.systemUTC()),
                workbench,
                InlineSecrets.withoutKeychain(path.toAbsolutePath().resolveSibling("")),
                threads,
                Runnable::run);
    }

    private AccountFile otherProgram() {
        return new AccountFile(path(), Clock.systemUTC());
    }

    private Path path() {
        return folder.resolve("accounts.json");
    }

    private static SavedAccount saved(String name, String under, String host) {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, host).withLogin(Login.password(name, Secret.of("")));
        return SavedAccount.create(
                Optional.of(under).filter(text -> !text.isEmpty()), new Account(name, List.of(endpoint)));
    }

    private AccountItem item(String name) {
        return model.items().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> rows() {
        return model.rows().stream()
                .map(row -> switch (row) {
                    case AccountRow.Entry(AccountItem item) -> item.name();
                    case AccountRow.Heading(String heading, int count, boolean folded) ->
                        "[" + heading + " " + count + (folded ? " folded]" : "]");
                })
                .toList();
    }

    private List<String> inFile() {
        return otherProgram().load().accounts().stream().map(SavedAccount::name).toList();
    }

    private static void type(AccountItem item, String host) {
        ((TextSetting) item.open().selected().settings().field(Field.HOST).orElseThrow())
                .valueProperty()
                .set(host);
    }

    private static String host(AccountItem item) {
        return item.open().selected().settings().current().host();
    }

    private static SecretSetting secret(AccountItem item) {
        return (SecretSetting)
                item.open().selected().settings().field(Field.PASSWORD).orElseThrow();
    }
}
