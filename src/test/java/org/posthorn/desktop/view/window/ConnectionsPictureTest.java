package org.posthorn.desktop.view.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Field;
import org.posthorn.account.Secret;
import org.posthorn.desktop.view.picture.Picture;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connection.ScriptedClient;
import org.posthorn.desktop.viewmodel.connections.ConnectionsViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.testfx.api.FxRobot;

/** The page of the open connections, in both themes and at three sizes, and by the keyboard. */
class ConnectionsPictureTest extends FxRobot {
    private static final Failure REFUSED = new Failure.LoginRejected(
            "PLAIN",
            true,
            "a2 NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=3)",
            Optional.of("LIMIT"));

    private final PlayedDesktop played;

    ConnectionsPictureTest(@TempDir Path folder) {
        played = new PlayedDesktop(folder);
    }

    @AfterEach
    void close() {
        TestStage.close();
    }

    @ParameterizedTest
    @CsvSource({"small, 1000, 640, 1", "usual, 1360, 860, 1", "double, 1000, 640, 2"})
    void showsOpenConnectionsAndWhatIsWrongWithThem(String size, double width, double height, double scale) {
        DesktopView view = show(width, height);
        picture(view, "connections-empty-" + size, scale);

        openSome();
        picture(view, "connections-" + size, scale);

        interact(() -> {
            played.client().last().learns().fails(REFUSED);
            played.client().connections().get(1).breaks(new Failure.ConnectionLost(Phase.READY, "Connection reset"));
            if (endpoint().settings().field(Field.CONNECT_TIMEOUT).orElseThrow() instanceof TextSetting timeout) {
                timeout.valueProperty().set("20s");
            }
        });
        interact(() -> {});
        picture(view, "connections-trouble-" + size, scale);
    }

    @Test
    void everyCommandHasANameAndCanBeReachedByTheKeyboard() {
        DesktopView view = show(1360, 860);
        openSome();
        interact(() -> played.client().last().opens(Instant.now()));
        await(() -> connections().rows().getLast().canCheckProperty().get());

        Set<String> reached = Stream.of(".table-cell .button", ".table-cell .link")
                .flatMap(kind -> view.lookupAll(kind).stream())
                .filter(Node::isFocusTraversable)
                .map(Node::getAccessibleText)
                .collect(Collectors.toSet());
        assertThat(reached)
                .contains(
                        "Show the log of connection 4 alone",
                        "Send a NOOP on connection 4; a broken one is opened anew",
                        "Close connection 4")
                .doesNotContain("Close connection 1");

        interact(() -> {
            Node table = view.lookup(".table-view");
            table.requestFocus();
        });
        press(KeyCode.END).release(KeyCode.END);
        press(KeyCode.ENTER).release(KeyCode.ENTER);
        await(() -> played.client().last().noops() == 1);
        press(KeyCode.DELETE).release(KeyCode.DELETE);
        await(() -> connections().rows().size() == 3);
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        assertThat(connections().rows()).hasSize(3);
    }

    @Test
    void theStatusBarNamesTheOpenConnectionsAndTheClockTicks() {
        DesktopView view = show(1360, 860);
        openSome();

        assertThat(statusLine(view)).contains("3 connections · checked");
        String first = statusLine(view);
        await(() -> !statusLine(view).equals(first));
        interact(() -> connections().closeAll());
        assertThat(statusLine(view)).doesNotContain("connections");
    }

    private static String statusLine(DesktopView view) {
        return view.lookupAll(".status-line .label").stream()
                .map(node -> ((Label) node).getText())
                .collect(Collectors.joining(" | "));
    }

    private DesktopView show(double width, double height) {
        played.fill();
        DesktopView view = TestStage.show(width, height, played::view);
        interact(() -> {
            played.model.accounts().items().stream()
                    .filter(item -> item.name().startsWith("bob"))
                    .findFirst()
                    .ifPresent(
                            item -> played.model.accounts().selectedProperty().set(Optional.of(item)));
            if (endpoint().settings().field(Field.PASSWORD).orElseThrow() instanceof SecretSetting password) {
                password.valueProperty().set(Secret.of("hunter2"));
            }
            played.model.tabProperty().set(Tab.CONNECTIONS);
        });
        return view;
    }

    /** Three are open, and a fourth is on the way. */
    private void openSome() {
        open(Kind.MAIN);
        finish(Duration.ofMillis(2));
        open(Kind.DEFAULT);
        finish(Duration.ofMillis(3));
        open(Kind.INDEPENDENT);
        finish(Duration.ofMillis(41));
        open(Kind.INDEPENDENT);
        interact(() -> played.client().last().become(ConnectionState.AUTHENTICATING));
        interact(() -> {});
    }

    private void open(Kind kind) {
        interact(() -> played.model.openConnection(kind));
        await(() -> !connections().rows().isEmpty()
                && connections().rows().getLast().stateProperty().get() == ConnectionState.CONNECTING);
    }

    private void finish(Duration roundTrip) {
        ScriptedClient.Scripted opened = played.client().last();
        interact(() -> opened.learns(played.secured()).answers(Instant.now().minusSeconds(12), roundTrip));
        await(() -> connections().openableProperty(Kind.INDEPENDENT).get());
    }

    private EndpointViewModel endpoint() {
        return played.model.endpointProperty().get().orElseThrow();
    }

    private ConnectionsViewModel connections() {
        return endpoint().connections();
    }

    private void picture(DesktopView view, String page, double scale) {
        for (Palette palette : Palette.values()) {
            interact(() -> view.getScene().getStylesheets().setAll(palette.sheets()));
            interact(() -> {});
            interact(() -> {
                String name = page + "-" + palette.name().toLowerCase(Locale.ROOT);
                try {
                    assertThat(Picture.take(view.getScene(), name, scale)).isNotEmptyFile();
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
        }
    }
}
