package org.posthorn.desktop.view.settings;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.posthorn.desktop.viewmodel.settings.ChoiceSetting;
import org.posthorn.desktop.viewmodel.settings.Option;

/** One of a few values, all in sight: joined as segments, or apart. */
final class OneChoice<T> extends StackPane {
    private final ChoiceSetting<T> setting;
    private final boolean joined;
    private final Pane buttons;

    OneChoice(ChoiceSetting<T> setting, boolean joined) {
        this.setting = setting;
        this.joined = joined;
        buttons = joined ? new HBox() : new FlowPane(4, 6);
        if (joined) {
            buttons.getStyleClass().add("segments");
            buttons.setMaxWidth(USE_PREF_SIZE);
        } else {
            setMaxWidth(Double.MAX_VALUE);
        }
        setAlignment(Pos.CENTER_LEFT);
        getChildren().add(buttons);
        setting.options().subscribe(this::fill);
        setting.valueProperty().subscribe(_ -> select());
        fill();
    }

    private void fill() {
        List<Option<T>> options = setting.options();
        buttons.getChildren().setAll(options.stream().map(this::button).toArray(ToggleButton[]::new));
        if (joined && !options.isEmpty()) {
            buttons.getChildren().getFirst().getStyleClass().add("first");
            buttons.getChildren().getLast().getStyleClass().add("last");
        }
        select();
    }

    private ToggleButton button(Option<T> option) {
        ToggleButton button = new ToggleButton(option.label());
        button.getStyleClass().setAll(joined ? "segment" : "choice");
        button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        button.setAccessibleText(setting.label() + ": " + option.label());
        button.setUserData(option);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> {
            setting.valueProperty().set(option.value());
            select();
        });
        return button;
    }

    private void select() {
        for (var child : buttons.getChildren()) {
            if (child instanceof ToggleButton button && button.getUserData() instanceof Option<?> option) {
                button.setSelected(option.value().equals(setting.value()));
            }
        }
    }
}
