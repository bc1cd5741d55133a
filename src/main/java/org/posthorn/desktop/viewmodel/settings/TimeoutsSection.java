package org.posthorn.desktop.viewmodel.settings;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.posthorn.account.Field;
import org.posthorn.account.Timeouts;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** How long each stage may take. */
final class TimeoutsSection {
    private TimeoutsSection() {}

    static SettingSection of() {
        return new SettingSection(
                "Timeouts",
                "",
                List.of(
                        limit(Field.RESOLVE_TIMEOUT, Timeouts::resolve, Timeouts::withResolve),
                        limit(Field.CONNECT_TIMEOUT, Timeouts::connect, Timeouts::withConnect),
                        limit(Field.GREETING_TIMEOUT, Timeouts::greeting, Timeouts::withGreeting),
                        limit(Field.OPERATION_TIMEOUT, Timeouts::operation, Timeouts::withOperation)));
    }

    private static SettingField<String> limit(
            Field field, Function<Timeouts, Duration> get, BiFunction<Timeouts, Duration, Timeouts> put) {
        return new TextSetting(
                field,
                Width.SHORT,
                TextFormat.duration(),
                new Lens<>(
                        endpoint -> get.apply(endpoint.timeouts()),
                        (endpoint, limit) -> endpoint.withTimeouts(put.apply(endpoint.timeouts(), limit))));
    }
}
