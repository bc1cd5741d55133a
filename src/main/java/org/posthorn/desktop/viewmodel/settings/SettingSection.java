package org.posthorn.desktop.viewmodel.settings;

import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.IntegerBinding;

/** Settings that belong together under a title. */
public final class SettingSection {
    private final String title;
    private final String remark;
    private final List<SettingField<?>> fields;
    private final IntegerBinding changes;
    private final BooleanBinding visible;

    SettingSection(String title, String remark, List<SettingField<?>> fields) {
        this.title = title;
        this.remark = remark;
        this.fields = List.copyOf(fields);
        changes = Bindings.createIntegerBinding(this::countChanged, dependencies(true));
        visible = Bindings.createBooleanBinding(this::anyVisible, dependencies(false));
    }

    public String title() {
        return title;
    }

    /** A sentence that holds for the section; may be empty. */
    public String remark() {
        return remark;
    }

    public List<SettingField<?>> fields() {
        return fields;
    }

    /** How many of them differ from their default. */
    public IntegerBinding changesProperty() {
        return changes;
    }

    /** Whether any of them has a meaning with the others as they stand. */
    public BooleanBinding visibleProperty() {
        return visible;
    }

    /** Puts the defaults back, but for settings that have none. */
    public void reset() {
        fields.stream().filter(f -> f.changedProperty().get()).toList().forEach(SettingField::reset);
    }

    private int countChanged() {
        return (int) fields.stream()
                .filter(f -> f.changedProperty().get() && f.visibleProperty().get())
                .count();
    }

    private boolean anyVisible() {
        return fields.stream().anyMatch(f -> f.visibleProperty().get());
    }

    private Observable[] dependencies(boolean changed) {
        return fields.stream()
                .map(f -> changed ? f.changedProperty() : f.visibleProperty())
                .toArray(Observable[]::new);
    }
}
