package org.posthorn.desktop.viewmodel.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;

/**
 * One setting on the form, as it stands there. The view draws it by its subtype.
 *
 * @param <T> what the control holds: text, a choice, a set or a flag
 */
public abstract sealed class SettingField<T>
        permits TextSetting, SecretSetting, ChoiceSetting, SetSetting, FlagSetting {
    private final Field field;
    private final ObjectProperty<T> value;
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper unsaved = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper visible = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private Predicate<Endpoint> applies = _ -> true;
    private boolean marksDefault = true;
    private boolean touched;
    private Endpoint current = Endpoint.of(Protocol.IMAP, "");

    SettingField(Field field, T initial) {
        this.field = field;
        value = new SimpleObjectProperty<>(initial);
    }

    // Properties

    public final Field field() {
        return field;
    }

    public final String label() {
        return field.label();
    }

    /** What the control shows and changes. */
    public final ObjectProperty<T> valueProperty() {
        return value;
    }

    public final T value() {
        return value.get();
    }

    /** What is wrong with it as it stands; an empty form complains of nothing until it is
     * typed into or connected with, while a warning stands from the beginning. */
    public final ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it differs from its default; never for settings that have none, as the host. */
    public final ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /** Whether it differs from what is saved. */
    public final ReadOnlyBooleanProperty unsavedProperty() {
        return unsaved.getReadOnlyProperty();
    }

    /** Whether the setting has a meaning with the others as they stand, or is wrong. */
    public final ReadOnlyBooleanProperty visibleProperty() {
        return visible.getReadOnlyProperty();
    }

    /** A few words beside the control; may be empty. */
    public final ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
    }

    // Commands

    /** Puts the default back. */
    public final void reset() {
        show(Endpoint.of(current.protocol(), ""));
    }

    // The form's side

    /** What the control shows for an endpoint. */
    abstract T shown(Endpoint endpoint);

    /** The endpoint with this setting as it stands; unchanged when what stands there cannot be read. */
    abstract Endpoint applyTo(Endpoint endpoint);

    /** What cannot be read, before the endpoint is looked at as a whole. */
    Optional<Problem> unreadable() {
        return Optional.empty();
    }

    boolean differs(Endpoint built, Endpoint other) {
        return unreadable().isPresent() || !shown(built).equals(shown(other));
    }

    /** Hears of every change of the form, after the endpoint is built. */
    void follow(Endpoint built) {}

    /** Shows an endpoint's setting. */
    void show(Endpoint endpoint) {
        value.set(shown(endpoint));
    }

    final void touch() {
        touched = true;
    }

    final void untouch() {
        touched = false;
    }

    final void update(Endpoint built, Endpoint saved, List<Problem> problems) {
        current = built;
        follow(built);
        Optional<Problem> found = unreadable().or(() -> worst(problems));
        problem.set(touched ? found : found.filter(worst -> !worst.isError()));
        visible.set(applies.test(built) || found.filter(Problem::isError).isPresent());
        changed.set(marksDefault && differs(built, Endpoint.of(built.protocol(), "")));
        unsaved.set(differs(built, saved));
    }

    final SettingField<T> when(Predicate<Endpoint> condition) {
        applies = condition;
        return this;
    }

    final SettingField<T> withoutDefault() {
        marksDefault = false;
        return this;
    }

    final SettingField<T> hint(String words) {
        hint.set(words);
        return this;
    }

    private Optional<Problem> worst(List<Problem> problems) {
        List<Problem> mine = problems.stream().filter(p -> p.field() == field).toList();
        return mine.stream()
                .filter(Problem::isError)
                .findFirst()
                .or(() -> mine.stream().findFirst());
    }
}
