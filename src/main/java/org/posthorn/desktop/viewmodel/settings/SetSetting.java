package org.posthorn.desktop.viewmodel.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;

/** A setting with any number of a few values. */
public final class SetSetting<T> extends SettingField<Set<T>> {
    private final Lens<Set<T>> lens;
    private final List<Option<T>> options;

    SetSetting(Field field, Lens<Set<T>> lens, List<Option<T>> options) {
        super(field, Set.of());
        this.lens = lens;
        this.options = options;
    }

    public List<Option<T>> options() {
        return options;
    }

    /** Puts a value in or takes it out. */
    public void choose(T member, boolean in) {
        Set<T> members = new HashSet<>(value());
        if (in ? members.add(member) : members.remove(member)) {
            valueProperty().set(Set.copyOf(members));
        }
    }

    @Override
    Set<T> shown(Endpoint endpoint) {
        return lens.get().apply(endpoint);
    }

    @Override
    Endpoint applyTo(Endpoint endpoint) {
        return lens.put().apply(endpoint, value());
    }
}
