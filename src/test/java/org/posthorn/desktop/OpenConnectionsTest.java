package org.posthorn.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.window.DesktopView;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connections.ConnectionsViewModel;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.desktop.WindowLayout;
import org.posthorn.storage.SavedAccount;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OpenImap;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.transport.Network;
import org.testfx.api.FxRobot;

/** The window keeps connections open on the real engine, and takes leave of them when it is closed. */
@ExtendWith(NothingLeft.class)
class OpenConnectionsTest extends FxRobot {
    private final OpenImap imap = new OpenImap();
    private final Path folder;

    OpenConnectionsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        TestStage.close();
    }

    @Test
    void closingTheWindowTakesLeaveOfEveryOpenConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap)) {
            try (LiveDesktop desktop = new LiveDesktop(folder, Network.system())) {
                Account account = new Account("open", List.of(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)));
                desktop.accounts().put(SavedAccount.create(Optional.empty(), account));
                DesktopViewModel model = desktop.model();
                DesktopView view = TestStage.show(990, 860, () -> desktop.view(model));
                interact(() -> model.tabProperty().set(Tab.CONNECTIONS));
                ConnectionsViewModel connections =
                        model.endpointProperty().get().orElseThrow().connections();
                for (String command :
                        new String[] {"Open _main", "New _independent connection", "New _default connection"}) {
                    int before = connections.rows().size();
                    clickOn(command(command));
                    await(() -> connections.rows().size() > before
                            && connections.openableProperty(Kind.INDEPENDENT).get());
                }
                assertThat(imap.open()).isEqualTo(3);

                interact(() -> link("#3").fire());
                await(() -> lookup(".chip")
                        .match(node -> node instanceof Labeled chip && "connection 3".equals(chip.getText()))
                        .tryQuery()
                        .isPresent());
                interact(() -> {
                    model.close(new WindowLayout(Optional.empty(), false, view.panes()));
                    view.close();
                });
            }
            server.awaitScripts();
            assertThat(imap.farewells()).isEqualTo(3);
        }
    }

    private ButtonBase link(String text) {
        return lookup(".table-cell .link")
                .match(node -> node instanceof Labeled words && text.equals(words.getText()))
                .query();
    }

    private Labeled command(String text) {
        return lookup(".button")
                .match(node -> node instanceof Labeled words && text.equals(words.getText()))
                .query();
    }
}
