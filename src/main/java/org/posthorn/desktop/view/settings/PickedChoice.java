package org.posthorn.desktop.view.settings;

import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.viewmodel.settings.ChoiceSetting;
import org.posthorn.desktop.viewmodel.settings.Option;

/** One of several values, picked from a list that opens. */
final class PickedChoice<T> extends ComboBox<Option<T>> {
    private final ChoiceSetting<T> setting;
    private boolean filling;

    PickedChoice(ChoiceSetting<T> setting) {
        this.setting = setting;
        setMaxWidth(Double.MAX_VALUE);
        setConverter(new Labels<>());
        valueProperty().subscribe((_, picked) -> {
            if (picked != null && !filling) {
                setting.valueProperty().set(picked.value());
            }
        });
        setting.options().subscribe(this::fill);
        setting.valueProperty().subscribe(_ -> fill());
    }

    private void fill() {
        filling = true;
        if (!getItems().equals(setting.options())) {
            getItems().setAll(setting.options());
        }
        setting.options().stream()
                .filter(option -> option.value().equals(setting.value()))
                .findFirst()
                .ifPresent(this::setValue);
        filling = false;
    }

    private static final class Labels<T> extends StringConverter<Option<T>> {
        @Override
        public String toString(@Nullable Option<T> option) {
            return option == null ? "" : option.label();
        }

        @Override
        public Option<T> fromString(String text) {
            throw new UnsupportedOperationException("the list is not typed into");
        }
    }
}
