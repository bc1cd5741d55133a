package org.posthorn.cli;

import java.util.List;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.settings.ChoiceSetting;
import org.posthorn.desktop.viewmodel.settings.FlagSetting;
import org.posthorn.desktop.viewmodel.settings.Option;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.SetSetting;
import org.posthorn.desktop.viewmodel.settings.SettingField;
import org.posthorn.desktop.viewmodel.settings.SettingSection;
import org.posthorn.desktop.viewmodel.settings.SettingsViewModel;
import org.posthorn.desktop.viewmodel.settings.TextSetting;

/** The account form, filled in by what stands beside its controls, as a person does. */
final class FilledForm {
    private final SettingsViewModel form;

    FilledForm(Endpoint from) {
        form = new SettingsViewModel(from, _ -> true);
    }

    Endpoint endpoint() {
        return form.current();
    }

    /** What stands in a field that is typed. */
    String text(Field field) {
        return ((TextSetting) setting(field)).value();
    }

    SettingField<?> setting(Field field) {
        return form.field(field).orElseThrow();
    }

    FilledForm type(Field field, String text) {
        ((TextSetting) setting(field)).valueProperty().set(text);
        return this;
    }

    FilledForm typeSecret(Field field, String text) {
        ((SecretSetting) setting(field)).valueProperty().set(Secret.of(text));
        return this;
    }

    FilledForm choose(Field field, String label) {
        pick((ChoiceSetting<?>) setting(field), label);
        return this;
    }

    FilledForm turn(Field field, boolean on) {
        ((FlagSetting) setting(field)).valueProperty().set(on);
        return this;
    }

    FilledForm tick(Field field, String label, boolean in) {
        tick((SetSetting<?>) setting(field), label, in);
        return this;
    }

    /** Presses the button that puts a section back to its defaults. */
    FilledForm reset(String title) {
        form.sections().stream()
                .filter(section -> section.title().equals(title))
                .forEach(SettingSection::reset);
        return this;
    }

    private static <T> void pick(ChoiceSetting<T> choice, String label) {
        choice.valueProperty().set(labelled(choice.options(), label));
    }

    private static <T> void tick(SetSetting<T> set, String label, boolean in) {
        set.choose(labelled(set.options(), label), in);
    }

    private static <T> T labelled(List<Option<T>> options, String label) {
        return options.stream()
                .filter(option -> option.label().equals(label))
                .map(Option::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("“" + label + "” is not among " + options));
    }
}
