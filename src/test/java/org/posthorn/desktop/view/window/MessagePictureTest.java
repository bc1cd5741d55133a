package org.posthorn.desktop.view.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.client.LoginGuard;
import org.posthorn.desktop.view.picture.Picture;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.mailbox.DraftField;
import org.testfx.api.FxRobot;

/** The page that sends a test message, in light and dark. */
class MessagePictureTest extends FxRobot {
    private final PlayedDesktop played;

    MessagePictureTest(@TempDir Path folder) {
        played = new PlayedDesktop(folder);
    }

    @AfterEach
    void close() {
        TestStage.close();
    }

    private AccountViewModel account() {
        return played.model.currentProperty().get().orElseThrow();
    }

    private EndpointViewModel endpoint(Protocol protocol) {
        return account().endpoints().stream()
                .filter(endpoint -> endpoint.protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }

    private static ToggleButton tab(DesktopView view) {
        return view.lookupAll(".tab-button").stream()
                .map(ToggleButton.class::cast)
                .filter(button -> button.getText().equals("Test message"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sendsAMessageAndShowsItsWay() {
        played.fill();
        DesktopView view = TestStage.show(1360, 860, played::view);
        assertThat(tab(view).isVisible()).isFalse();
        interact(() -> {
            if (endpoint(Protocol.IMAP).settings().field(Field.PASSWORD).orElseThrow()
                    instanceof SecretSetting password) {
                password.valueProperty().set(Secret.of("hunter2"));
            }
            account().selectedProperty().set(endpoint(Protocol.SMTP));
        });
        assertThat(tab(view).isVisible()).isTrue();
        interact(() -> tab(view).fire());
        interact(() -> {
            var form = endpoint(Protocol.SMTP).message().form();
            form.textProperty(DraftField.FROM).set("alice@acme.example");
            form.textProperty(DraftField.TO).set("alice@acme.example, old.address@acme.example");
            form.textProperty(DraftField.ATTACHMENT).set("500k");
            form.roundTripProperty().set(true);
        });

        refuse(LoginGuard.REFUSALS);
        press(view);
        assertThat(endpoint(Protocol.SMTP).message().problemProperty().get())
                .contains("bad.acme.example has refused", "send again");
        picture(view, "message-caution");

        press(view);
        assertThat(endpoint(Protocol.SMTP).message().problemProperty().get()).contains("2 recipients");
        press(view);

        assertThat(endpoint(Protocol.SMTP).message().hops()).hasSize(3);
        picture(view, "message");
        interact(() -> account().selectedProperty().set(endpoint(Protocol.IMAP)));
        assertThat(played.model.tabProperty().get()).isEqualTo(Tab.CONNECTION);
    }

    /** The mailbox in which the message is looked for refuses whoever logs in. */
    private void refuse(int times) {
        for (int refusal = 0; refusal < times; refusal++) {
            interact(() -> endpoint(Protocol.IMAP)
                    .connection()
                    .connect(endpoint(Protocol.IMAP).settings().current()));
        }
    }

    private void press(DesktopView view) {
        interact(() -> view.lookupAll(".button").stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button ->
                        Optional.of("_Send").filter(button.getText()::equals).isPresent())
                .findFirst()
                .orElseThrow()
                .fire());
    }

    private void picture(DesktopView view, String page) {
        for (Palette palette : Palette.values()) {
            interact(() -> view.getScene().getStylesheets().setAll(palette.sheets()));
            interact(() -> {});
            interact(() -> {
                String name = page + "-" + palette.name().toLowerCase(Locale.ROOT);
                try {
                    assertThat(Picture.take(view.getScene(), name, 1)).isNotEmptyFile();
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
        }
    }
}
