package org.posthorn.desktop.view.settings;

import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import org.posthorn.account.Field;
import org.posthorn.desktop.viewmodel.settings.ChoiceSetting;
import org.posthorn.desktop.viewmodel.settings.FlagSetting;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.SetSetting;
import org.posthorn.desktop.viewmodel.settings.SettingField;
import org.posthorn.desktop.viewmodel.settings.TextSetting;

/** The control of a setting, by its type. */
final class SettingControls {
    private static final double SHORT = 92;

    private SettingControls() {}

    static Node of(SettingField<?> setting) {
        Node control = switch (setting) {
            case TextSetting text -> text(text);
            case SecretSetting secret -> new SecretInput(secret);
            case ChoiceSetting<?> choice -> choice(choice);
            case SetSetting<?> set -> new ManyChoices<>(set);
            case FlagSetting flag -> flag(flag);
        };
        control.setAccessibleText(setting.label());
        return control;
    }

    private static TextField text(TextSetting setting) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(setting.valueProperty());
        field.promptTextProperty().bind(setting.promptProperty());
        switch (setting.width()) {
            case SHORT -> {
                field.setPrefWidth(SHORT);
                field.setMinWidth(SHORT);
                field.setMaxWidth(SHORT);
            }
            case LONG -> field.setMaxWidth(Double.MAX_VALUE);
        }
        return field;
    }

    /** Few choices stand side by side; mechanisms are many and will be more. */
    private static Node choice(ChoiceSetting<?> setting) {
        if (setting.field() == Field.MECHANISM || setting.field() == Field.OAUTH_PRESET) {
            return new PickedChoice<>(setting);
        }
        return new OneChoice<>(setting, setting.field() == Field.PROTOCOL);
    }

    private static CheckBox flag(FlagSetting setting) {
        CheckBox box = new CheckBox();
        box.selectedProperty().subscribe((_, on) -> setting.valueProperty().set(on));
        setting.valueProperty().subscribe(box::setSelected);
        return box;
    }
}
