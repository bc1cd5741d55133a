package org.posthorn.desktop.viewmodel.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;

/** A setting with one of a few values. */
public sealed class ChoiceSetting<T> extends SettingField<T> permits PresetSetting {
    private final Lens<T> lens;
    private final Function<Endpoint, List<Option<T>>> choices;
    private final Function<T, Option<T>> other;
    private final ObservableList<Option<T>> options = FXCollections.observableArrayList();
    private final ObservableList<Option<T>> readOnlyOptions = FXCollections.unmodifiableObservableList(options);
    private final T initial;
    private BiPredicate<Endpoint, T> misplaced = (_, _) -> false;

    /**
     * @param choices the values that can be chosen with the other settings as they stand
     * @param other how a value is shown that is none of them, for example one from a later version's file
     */
    ChoiceSetting(
            Field field,
            T initial,
            Lens<T> lens,
            Function<Endpoint, List<Option<T>>> choices,
            Function<T, Option<T>> other) {
        super(field, initial);
        this.initial = initial;
        this.lens = lens;
        this.choices = choices;
        this.other = other;
    }

    /** Falls back to its first value where another setting has made this one meaningless. */
    ChoiceSetting<T> without(BiPredicate<Endpoint, T> meaningless) {
        misplaced = meaningless;
        return this;
    }

    /** A choice that is the same whatever else is set. */
    static <T> ChoiceSetting<T> fixed(Field field, Lens<T> lens, List<Option<T>> options) {
        return new ChoiceSetting<>(
                field, options.getFirst().value(), lens, _ -> options, value -> new Option<>(value, value.toString()));
    }

    /** The values that can be chosen, the one in force always among them. */
    public final ObservableList<Option<T>> options() {
        return readOnlyOptions;
    }

    @Override
    T shown(Endpoint endpoint) {
        return lens.get().apply(endpoint);
    }

    @Override
    Endpoint applyTo(Endpoint endpoint) {
        return lens.put().apply(endpoint, misplaced.test(endpoint, value()) ? initial : value());
    }

    @Override
    void follow(Endpoint built) {
        if (misplaced.test(built, value())) {
            valueProperty().set(initial);
        }
        List<Option<T>> possible = new ArrayList<>(choices.apply(built));
        if (possible.stream().noneMatch(option -> option.value().equals(value()))) {
            possible.add(other.apply(value()));
        }
        if (!options.equals(possible)) {
            options.setAll(possible);
        }
    }
}
