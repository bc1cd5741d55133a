package org.posthorn.desktop.view.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.view.picture.Picture;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.secrets.PassphraseViewModel;
import org.posthorn.desktop.viewmodel.secrets.SecretsViewModel;
import org.testfx.api.FxRobot;

/** The question for the vault's passphrase, in light and dark. */
class SecretsPictureTest extends FxRobot {
    private final PlayedDesktop played;

    SecretsPictureTest(@TempDir Path folder) {
        played = new PlayedDesktop(folder);
    }

    @AfterEach
    void close() {
        TestStage.close();
    }

    @Test
    void asksForAPassphraseOverTheFormUntilItIsAnsweredOrPutOff() {
        played.fill();
        DesktopView view = TestStage.show(1360, 860, played::view);
        interact(() -> {
            played.model
                    .currentProperty()
                    .get()
                    .orElseThrow()
                    .keeping()
                    .choiceProperty()
                    .set(SecretKeeping.VAULT);
            secrets().openVault(_ -> {});
        });
        interact(() -> {
            question().chosenProperty().set(Secret.of("one"));
            question().submit();
        });
        assertThat(view.getTop().isDisabled()).isTrue();
        assertThat(view.lookupAll(".passphrase-card .password-field")).hasSize(2);
        picture(view);

        interact(() -> question().cancel());

        assertThat(view.lookupAll(".passphrase-card")).isEmpty();
        assertThat(view.getTop().isDisabled()).isFalse();
    }

    private void picture(DesktopView view) {
        for (Palette palette : Palette.values()) {
            interact(() -> view.getScene().getStylesheets().setAll(palette.sheets()));
            interact(() -> {
                String name = "passphrase-" + palette.name().toLowerCase(Locale.ROOT);
                try {
                    assertThat(Picture.take(view.getScene(), name, 1)).isNotEmptyFile();
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
        }
    }

    private SecretsViewModel secrets() {
        return played.model.accounts().secrets();
    }

    private PassphraseViewModel question() {
        return secrets().questionProperty().get().orElseThrow();
    }
}
