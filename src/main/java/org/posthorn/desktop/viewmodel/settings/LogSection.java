package org.posthorn.desktop.viewmodel.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.posthorn.account.Field;
import org.posthorn.account.LogSettings;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** The protocol log as a file. */
final class LogSection {
    private LogSection() {}

    static SettingSection of() {
        return new SettingSection("Log", "", List.of(enabled(), file(), dated()));
    }

    private static SettingField<Boolean> enabled() {
        return new FlagSetting(Field.LOG_ENABLED, lens(LogSettings::enabled, LogSettings::withEnabled));
    }

    private static SettingField<String> file() {
        TextFormat<Optional<Path>> format = TextFormat.file();
        return new TextSetting(Field.LOG_FILE, Width.LONG, format, lens(LogSettings::file, LogSettings::withFile))
                .prompt("posthorn.log in the folder of Posthorn's logs")
                .when(endpoint -> endpoint.log().enabled());
    }

    private static SettingField<Boolean> dated() {
        return new FlagSetting(Field.LOG_DATED, lens(LogSettings::dated, LogSettings::withDated))
                .hint("a new file begins at midnight")
                .when(endpoint -> endpoint.log().enabled());
    }

    private static <V> Lens<V> lens(Function<LogSettings, V> get, BiFunction<LogSettings, V, LogSettings> put) {
        return new Lens<>(
                endpoint -> get.apply(endpoint.log()),
                (endpoint, value) -> endpoint.withLog(put.apply(endpoint.log(), value)));
    }
}
