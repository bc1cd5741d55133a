package org.posthorn.desktop.viewmodel.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.WindowStateFile;
import org.posthorn.storage.secret.ScriptedKeychain;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

class DesktopViewModelTest {
    private static final WindowLayout LAYOUT =
            new WindowLayout(Optional.of(new WindowLayout.Bounds(10, 20, 1360, 860)), false, Map.of("log", 0.7));

    @TempDir
    Path folder;

    private final ScriptedConnector connector = new ScriptedConnector();
    private final ScriptedKeychain keychain = new ScriptedKeychain();
    private final ScriptedDemo demo = new ScriptedDemo();
    private final List<Runnable> background = new ArrayList<>();
    private DesktopViewModel desktop = open(Path.of(""));

    @BeforeEach
    void begin() {
        desktop = open(folder);
        desktop.start();
    }

    @Test
    void theFirstStartHasNothingToShowButTheChoices() {
        assertThat(desktop.firstStartProperty().get()).isTrue();
        assertThat(desktop.currentProperty().get()).isEmpty();
        assertThat(desktop.canConnectProperty().get()).isFalse();
        assertThat(desktop.canSaveProperty().get()).isFalse();
    }

    @Test
    void aNewAccountEndsTheFirstStartWithItsForm() {
        desktop.tabProperty().set(Tab.CONNECTION);
        desktop.newAccount(Protocol.IMAP);

        assertThat(desktop.firstStartProperty().get()).isFalse();
        assertThat(desktop.tabProperty().get()).isEqualTo(Tab.SETTINGS);
        assertThat(desktop.canConnectProperty().get()).isTrue();
        assertThat(desktop.canSaveProperty().get()).isTrue();
        assertThat(desktop.statusProperty().get()).isEqualTo("Not tested yet");
    }

    @Test
    void oneClickOnTheDemoConnectsToIt() {
        desktop.tryDemo();
        assertThat(desktop.demoStartingProperty().get()).isTrue();
        runBackground();

        assertThat(desktop.demoStartingProperty().get()).isFalse();
        assertThat(connector.last().endpoint().host()).isEqualTo("127.0.0.1");
        assertThat(desktop.tabProperty().get()).isEqualTo(Tab.CONNECTION);
        assertThat(desktop.canStopProperty().get()).isTrue();
        assertThat(desktop.canConnectProperty().get()).isFalse();

        connector.last().succeed();
        assertThat(desktop.canConnectProperty().get()).isTrue();
        assertThat(desktop.statusProperty().get()).startsWith("Ready after ").endsWith(" · round trip 2 ms");
    }

    @Test
    void aSecondClickWhileTheDemoStartsDoesNothing() {
        desktop.tryDemo();
        desktop.tryDemo();

        assertThat(background).hasSize(1);
    }

    @Test
    void aDemoThatCannotStartSaysWhy() {
        demo.failure = Optional.of("no free port");
        desktop.tryDemo();
        runBackground();

        assertThat(desktop.accounts().noticeProperty().get()).contains("no free port");
        assertThat(desktop.demoStartingProperty().get()).isFalse();
        assertThat(desktop.firstStartProperty().get()).isTrue();
    }

    @Test
    void aBugInTheDemoIsShownAsABug() {
        IllegalStateException bug = new IllegalStateException("a bug");
        demo.bug = Optional.of(bug);
        desktop.tryDemo();
        runBackground();

        assertThat(desktop.bugProperty().get()).contains(bug);
        assertThat(desktop.demoStartingProperty().get()).isFalse();
        desktop.dismissBug();
        assertThat(desktop.bugProperty().get()).isEmpty();
    }

    @Test
    void aFormThatCannotBeUsedIsShownAtItsFirstWrongField() {
        desktop.newAccount(Protocol.IMAP);
        desktop.tabProperty().set(Tab.CAPABILITIES);

        desktop.connect();

        assertThat(connector.sessions()).isZero();
        assertThat(desktop.tabProperty().get()).isEqualTo(Tab.SETTINGS);
        assertThat(desktop.attentionProperty().get()).contains(Field.HOST);
    }

    @Test
    void aConnectionIsOpenedWithTheFormAsItStandsOrItsFirstWrongFieldShown() {
        desktop.newAccount(Protocol.IMAP);
        desktop.tabProperty().set(Tab.CONNECTIONS);
        desktop.openConnection(Kind.MAIN);
        assertThat(connector.clients()).isEmpty();
        assertThat(desktop.tabProperty().get()).isEqualTo(Tab.SETTINGS);
        assertThat(desktop.attentionProperty().get()).contains(Field.HOST);

        desktop.tryDemo();
        runBackground();
        desktop.openConnection(Kind.MAIN);
        assertThat(connector.clients())
                .singleElement()
                .satisfies(client -> assertThat(client.endpoint().host()).isEqualTo("127.0.0.1"));
    }

    @Test
    void anotherAccountLeavesTheConnectionsOpenAndClosingTheWindowEndsThem() {
        desktop.tryDemo();
        runBackground();
        desktop.openConnection(Kind.MAIN);
        desktop.newAccount(Protocol.IMAP);
        assertThat(connector.clients().getFirst().isClosed()).isFalse();

        desktop.close(new WindowLayout(Optional.empty(), false, Map.of()));
        assertThat(connector.clients().getFirst().isClosed()).isTrue();
    }

    @Test
    void stopStopsTheTestThatIsShown() {
        desktop.tryDemo();
        runBackground();
        connector.last().recorder().begin(Phase.RESOLVE);
        assertThat(desktop.statusProperty().get()).isEqualTo("Connecting: Resolve…");

        desktop.stop();

        assertThat(connector.last().isStopped()).isTrue();
        connector.last().fail(new Failure.Cancelled(Phase.RESOLVE));
        assertThat(desktop.statusProperty().get()).startsWith("Stopped at Resolve after ");
        assertThat(desktop.canStopProperty().get()).isFalse();
    }

    @Test
    void aFailureIsInTheStatusLine() {
        desktop.tryDemo();
        runBackground();
        connector.last().fail(new Failure.HostNotFound("127.0.0.1"));

        assertThat(desktop.statusProperty().get()).startsWith("Failed at Resolve after ");
    }

    @Test
    void theButtonsFollowTheEndpointThatIsShown() {
        desktop.tryDemo();
        runBackground();
        assertThat(desktop.canStopProperty().get()).isTrue();

        desktop.currentProperty().get().orElseThrow().addEndpoint(Protocol.SMTP);

        assertThat(desktop.endpointProperty().get().map(EndpointViewModel::protocol))
                .contains(Protocol.SMTP);
        assertThat(desktop.canStopProperty().get()).isFalse();
        assertThat(desktop.statusProperty().get()).isEqualTo("Not tested yet");
    }

    @Test
    void savingWritesTheAccountThatIsShown() {
        AccountItem item = newAccount("alice");

        desktop.save();

        assertThat(item.hasUnsaved()).isFalse();
        assertThat(desktop.canSaveProperty().get()).isFalse();
        assertThat(reopened().accounts().items()).extracting(AccountItem::name).containsExactly("alice");
    }

    @Test
    void revertTakesBackTheEditsOfTheAccountThatIsShown() {
        newAccount("alice");
        desktop.save();
        type("edited.example.org");
        assertThat(desktop.canSaveProperty().get()).isTrue();

        desktop.revert();

        assertThat(desktop.canSaveProperty().get()).isFalse();
    }

    @Test
    void closingAsksOnlyAboutUnsavedEdits() {
        newAccount("alice");
        desktop.save();
        AccountItem bob = newAccount("bob");
        desktop.tryDemo();
        runBackground();

        assertThat(desktop.unsaved()).containsExactly(bob);
    }

    @Test
    void theWindowIsWhereItWasLeft() {
        newAccount("alice");
        desktop.save();
        newAccount("bob");
        desktop.currentProperty().get().orElseThrow().addEndpoint(Protocol.SMTP);
        desktop.save();
        newAccount("carol");
        desktop.save();
        desktop.accounts().selectedProperty().set(Optional.of(item("bob")));
        desktop.tabProperty().set(Tab.CAPABILITIES);
        desktop.themeProperty().set(Theme.DARK);
        desktop.close(LAYOUT);

        DesktopViewModel again = open(folder);

        assertThat(again.start()).isEqualTo(LAYOUT);
        assertThat(again.themeProperty().get()).isEqualTo(Theme.DARK);
        assertThat(again.tabProperty().get()).isEqualTo(Tab.CAPABILITIES);
        assertThat(again.accounts().selectedProperty().get().map(AccountItem::name))
                .contains("bob");
        assertThat(again.endpointProperty().get().map(EndpointViewModel::protocol))
                .contains(Protocol.SMTP);
    }

    @Test
    void closingStopsEveryTestAndTheDemo() {
        desktop.tryDemo();
        runBackground();
        assertThat(desktop.currentProperty()
                        .get()
                        .orElseThrow()
                        .statusProperty()
                        .get())
                .isEqualTo(ConnectionStatus.CONNECTING);

        desktop.close(LAYOUT);

        assertThat(connector.last().isStopped()).isTrue();
        assertThat(demo.closed).isTrue();
    }

    @Test
    void putsTheCursorIntoTheHostOfANewAccount() {
        desktop.newAccount(Protocol.IMAP);
        assertThat(desktop.attentionProperty().get()).contains(Field.HOST);
    }

    private DesktopViewModel open(Path place) {
        Workbench workbench =
                new Workbench(_ -> connector, new CapabilityRegistry(), ScriptedConnector.NOON, Runnable::run);
        AccountFile file = new AccountFile(place.resolve("accounts.json"), Clock.systemUTC());
        return new DesktopViewModel(
                new AccountsViewModel(file, workbench, InlineSecrets.of(keychain, place), Runnable::run, Runnable::run),
                demo,
                new WindowStateFile(place.resolve("window.json")),
                background::add,
                Runnable::run);
    }

    private DesktopViewModel reopened() {
        DesktopViewModel again = open(folder);
        again.start();
        return again;
    }

    private void runBackground() {
        background.removeFirst().run();
    }

    private AccountItem newAccount(String name) {
        desktop.newAccount(Protocol.IMAP);
        desktop.currentProperty().get().orElseThrow().nameProperty().set(name);
        return item(name);
    }

    private AccountItem item(String name) {
        return desktop.accounts().items().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void type(String host) {
        ((TextSetting) desktop.endpointProperty()
                        .get()
                        .orElseThrow()
                        .settings()
                        .field(Field.HOST)
                        .orElseThrow())
                .valueProperty()
                .set(host);
    }

    private static final class ScriptedDemo implements DemoSource {
        private Optional<String> failure = Optional.empty();
        private Optional<IllegalStateException> bug = Optional.empty();
        private boolean closed;

        @Override
        public Account start() throws IOException {
            if (failure.isPresent()) {
                throw new IOException(failure.get());
            }
            if (bug.isPresent()) {
                throw bug.get();
            }
            Endpoint endpoint =
                    Endpoint.of(Protocol.IMAP, "127.0.0.1").withLogin(Login.password("demo", Secret.of("demo")));
            return new Account("demo@localhost", List.of(endpoint));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
