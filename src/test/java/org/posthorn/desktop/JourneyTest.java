package org.posthorn.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.client.Check;
import org.posthorn.client.Connector;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.window.DesktopView;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.CheckConnector;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.desktop.WindowLayout;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.WindowStateFile;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;
import org.testfx.api.FxRobot;

/** What a person does with the window, on the real engine and the built-in demo. */
class JourneyTest extends FxRobot {
    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Network network = Network.system();
    private final UiThread uiThread = new UiThread();
    private DesktopViewModel model;
    private DesktopView view;

    JourneyTest(@TempDir Path folder) {
        this.folder = folder;
        model = model();
    }

    @BeforeEach
    void open() {
        model = model();
        view = TestStage.show(990, 860, this::view);
    }

    @AfterEach
    void close() {
        shut();
        TestStage.close();
        network.close();
        threads.close();
    }

    @Test
    void triesTheDemoAtTheFirstStart() {
        clickOn("Try the demo");
        await(() -> status() == ConnectionStatus.OK);
        assertThat(model.statusProperty().get()).startsWith("Ready after");
        assertThat(lookup(".rail-stop.ok").queryAll()).hasSize(7);
        clickOn(tab("Capabilities"));
        await(() -> lookup(".table-row-cell").queryAll().size() > 3);
        await(() -> !lookup("IMAP4rev1").queryAll().isEmpty());
        clickOn(tab("Connection"));
        clickOn("Login");
        await(() -> isAnyRow("selected"));
    }

    @Test
    void showsABugOfItsOwnUntilItIsDismissed() {
        interact(() -> model.report(new IllegalStateException("a bug")));
        await(() -> !lookup("java.lang.IllegalStateException: a bug").queryAll().isEmpty());
        interact(model::dismissBug);
        await(() -> lookup(".bug").queryAll().isEmpty());
    }

    @Test
    void tellsWhyALoginFailed() {
        clickOn("Try the demo");
        await(() -> status() == ConnectionStatus.OK);
        clickOn(tab("Settings"));
        clickOn(password());
        write("wrong");
        press(KeyCode.F5).release(KeyCode.F5);
        await(() -> status() == ConnectionStatus.FAILED);
        await(() -> !lookup(".failure").queryAll().isEmpty());
        assertThat(lookup(".rail-stop.failed").queryAll()).hasSize(1);
        await(() -> isAnyRow("marked"));
        clickOn("Change password");
        await(() -> model.tabProperty().get() == Tab.SETTINGS && password().isFocused());
    }

    @Test
    void keepsWhatWasSavedAndUndoesWhatWasNot() throws IOException {
        press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        clickOn(field(Field.HOST));
        write("mail.acme.example");
        clickOn(field(Field.USER));
        write("alice");
        clickOn(password());
        write("hunter2");
        press(KeyCode.CONTROL, KeyCode.S).release(KeyCode.S, KeyCode.CONTROL);
        await(() -> model.unsaved().isEmpty());
        clickOn(field(Field.HOST));
        write("x");
        await(() -> model.unsaved().size() == 1);
        clickOn(lookup(".button")
                .match(b -> b instanceof Labeled l
                        && String.valueOf(l.getAccessibleText()).startsWith("Put back everything"))
                .queryButton());
        await(() -> model.unsaved().isEmpty());
        assertThat(Files.readString(folder.resolve("accounts.json")))
                .contains("mail.acme.example")
                .doesNotContain("hunter2");

        interact(this::shut);
        model = model();
        view = TestStage.show(990, 860, this::view);
        assertThat(endpoint().settings().current().host()).isEqualTo("mail.acme.example");
    }

    @Test
    void stopsAtOnceInAPhaseThatTakesItsTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            interact(() -> model.newAccount(Protocol.IMAP));
            clickOn("None");
            clickOn(field(Field.HOST));
            write("127.0.0.1");
            doubleClickOn(field(Field.PORT));
            write(Integer.toString(silent.getLocalPort()));
            clickOn(field(Field.USER));
            write("alice");
            clickOn(password());
            write("hunter2");
            press(KeyCode.F5).release(KeyCode.F5);
            await(() -> endpoint()
                    .connection()
                    .timelineProperty()
                    .get()
                    .last(Phase.GREETING)
                    .isPresent());
            press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
            await(() -> status() == ConnectionStatus.STOPPED);
            assertThat(model.statusProperty().get()).startsWith("Stopped at Greeting");
        }
    }

    private TextInputControl field(Field field) {
        return lookup(".text-field")
                .match(node -> field.label().equals(node.getAccessibleText()))
                .queryTextInputControl();
    }

    private boolean isAnyRow(String state) {
        return lookup(".log-row").<Node>queryAll().stream()
                .anyMatch(row -> row.getPseudoClassStates().contains(PseudoClass.getPseudoClass(state)));
    }

    private TextInputControl password() {
        return field(Field.PASSWORD);
    }

    private Labeled tab(String name) {
        return lookup(".tab-button")
                .match(node -> name.equals(node.getAccessibleText()))
                .query();
    }

    private EndpointViewModel endpoint() {
        return model.endpointProperty().get().orElseThrow();
    }

    private ConnectionStatus status() {
        return model.endpointProperty()
                .get()
                .map(shown -> shown.connection().statusProperty().get())
                .orElse(ConnectionStatus.UNTESTED);
    }

    private void shut() {
        interact(() -> {
            model.close(new WindowLayout(Optional.empty(), false, view.panes()));
            view.close();
        });
    }

    private DesktopViewModel model() {
        Workbench workbench = new Workbench(
                log -> new CheckConnector(
                        new Check(new Connector(network, TrustAnchors.builtIn(), log, clock)),
                        new TokenProviders(Machine.with(Browser.none())),
                        threads),
                new CapabilityRegistry(),
                clock,
                uiThread);
        return new DesktopViewModel(
                new AccountsViewModel(new AccountFile(folder.resolve("accounts.json"), clock), workbench),
                new BuiltInDemo(),
                new WindowStateFile(folder.resolve("window.json")),
                threads,
                uiThread);
    }

    private DesktopView view() {
        LogViewModel log = new LogViewModel(new WireLog(clock, 1), new LogText(ZoneId.of("UTC")), threads, uiThread);
        DesktopView made = new DesktopView(
                model, log, (_, name) -> Optional.of(folder.resolve(name)), new SimpleBooleanProperty(true), uiThread);
        made.arrange(model.start().panes());
        return made;
    }
}
