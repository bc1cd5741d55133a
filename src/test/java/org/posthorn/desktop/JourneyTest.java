package org.posthorn.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.window.DesktopView;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.desktop.WindowLayout;
import org.posthorn.transport.Network;
import org.testfx.api.FxRobot;

/** What a person does with the window, on the real engine and the built-in demo. */
class JourneyTest extends FxRobot {
    private final Path folder;
    private final LiveDesktop desktop;
    private DesktopViewModel model;
    private DesktopView view;

    JourneyTest(@TempDir Path folder) {
        this.folder = folder;
        desktop = new LiveDesktop(folder, Network.system());
        model = desktop.model();
    }

    @BeforeEach
    void open() {
        model = desktop.model();
        view = TestStage.show(990, 860, () -> desktop.view(model));
    }

    @AfterEach
    void close() {
        shut();
        TestStage.close();
        desktop.close();
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
        model = desktop.model();
        view = TestStage.show(990, 860, () -> desktop.view(model));
        assertThat(endpoint().settings().current().host()).isEqualTo("mail.acme.example");
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
}
