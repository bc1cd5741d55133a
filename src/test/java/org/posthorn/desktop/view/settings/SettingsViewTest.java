package org.posthorn.desktop.view.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.desktop.viewmodel.secrets.KeepingViewModel;
import org.posthorn.desktop.viewmodel.settings.SettingsViewModel;
import org.posthorn.storage.SavedAccount;
import org.testfx.api.FxRobot;

/** The form's controls. */
class SettingsViewTest extends FxRobot {
    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        TestStage.close();
    }

    private SettingsView show(SettingsViewModel model) {
        SavedAccount account = SavedAccount.create(Optional.empty(), new Account("any", List.of(model.current())));
        return TestStage.show(
                900,
                700,
                () -> new SettingsView(
                        model, new KeepingViewModel(account, false, InlineSecrets.withoutKeychain(folder), _ -> {})));
    }

    private static <T extends Node> T find(SettingsView view, String selector, Class<T> type, Predicate<T> wanted) {
        return view.getContent().lookupAll(selector).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("reset_log_settings: a button on the log's card puts all of them back, and is there when one differs")
    void aButtonPutsTheLogSettingsBack() {
        Endpoint unusual = Endpoint.of(Protocol.IMAP, "mail.example.org")
                .withLog(new LogSettings(true, Optional.of(Path.of("mail.log")), true));
        SettingsViewModel model = new SettingsViewModel(unusual, _ -> true);
        Button reset = find(
                show(model),
                ".link",
                Button.class,
                button -> "Reset Log to defaults".equals(button.getAccessibleText()));
        assertThat(reset.isVisible()).isTrue();

        interact(reset::fire);

        assertThat(model.current().log()).isEqualTo(LogSettings.defaults());
        assertThat(reset.isVisible()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"IMAP, true", "POP3, true", "SMTP, false"})
    @DisplayName("read_only: a box on the form, where there is a mailbox")
    void aBoxMakesAMailboxReadOnly(Protocol protocol, boolean there) {
        SettingsViewModel model = new SettingsViewModel(Endpoint.of(protocol, "mail.example.org"), _ -> true);
        SettingRow row = find(show(model), ".setting-row", SettingRow.class, each -> each.isOf(Field.READ_ONLY));
        assertThat(row.isVisible()).isEqualTo(there);

        interact(() -> ((CheckBox) row.lookup(".check-box")).fire());

        assertThat(model.current().connections().readOnly()).isTrue();
    }
}
