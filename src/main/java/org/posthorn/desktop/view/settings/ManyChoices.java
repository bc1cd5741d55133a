package org.posthorn.desktop.view.settings;

import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import org.posthorn.desktop.viewmodel.settings.Option;
import org.posthorn.desktop.viewmodel.settings.SetSetting;

/** Any number of a few values, all in sight. */
final class ManyChoices<T> extends FlowPane {

    ManyChoices(SetSetting<T> setting) {
        super(4, 6);
        setMaxWidth(Double.MAX_VALUE);
        setting.options().forEach(option -> getChildren().add(button(setting, option)));
    }

    private static <T> ToggleButton button(SetSetting<T> setting, Option<T> option) {
        ToggleButton button = new ToggleButton(option.label());
        button.getStyleClass().setAll("choice");
        button.setAccessibleText(setting.label() + ": " + option.label());
        button.setOnAction(_ -> setting.choose(option.value(), button.isSelected()));
        setting.valueProperty().subscribe(chosen -> button.setSelected(chosen.contains(option.value())));
        return button;
    }
}
