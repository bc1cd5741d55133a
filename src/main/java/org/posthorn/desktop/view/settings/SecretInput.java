package org.posthorn.desktop.view.settings;

import javafx.scene.control.PasswordField;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;

/** A field for a secret. It shows that one is there, and never takes it out of its {@link Secret}. */
final class SecretInput extends PasswordField {
    private final SecretSetting setting;
    private boolean typing;

    SecretInput(SecretSetting setting) {
        this.setting = setting;
        setMaxWidth(Double.MAX_VALUE);
        textProperty().subscribe((_, typed) -> take(typed));
        setting.valueProperty().subscribe(this::show);
    }

    private void take(String typed) {
        if (typing) {
            return;
        }
        typing = true;
        setting.valueProperty().set(Secret.of(typed));
        typing = false;
    }

    /** What comes from elsewhere, from a keychain for example, takes the place of what was typed. */
    private void show(Secret secret) {
        if (!typing) {
            typing = true;
            clear();
            typing = false;
            setPromptText(secret.isEmpty() ? "" : Secret.DOTS);
        } else if (secret.isEmpty()) {
            setPromptText("");
        }
    }
}
