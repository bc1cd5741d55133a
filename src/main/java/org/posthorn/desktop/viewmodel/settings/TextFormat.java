package org.posthorn.desktop.viewmodel.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.posthorn.account.Durations;

/**
 * How a setting is written as text.
 *
 * @param parse the value of a text; empty when the text is none
 * @param sentence what to say then
 */
record TextFormat<V>(Function<V, String> show, Function<String, Optional<V>> parse, String sentence) {

    static TextFormat<String> plain() {
        return new TextFormat<>(text -> text, Optional::of, "");
    }

    /** Blank means absent. */
    static TextFormat<Optional<String>> optional() {
        return new TextFormat<>(
                value -> value.orElse(""),
                text -> Optional.of(text.isBlank() ? Optional.empty() : Optional.of(text.strip())),
                "");
    }

    static TextFormat<Duration> duration() {
        return new TextFormat<>(
                Durations::format, Durations::parse, "Type a time with its unit, for example 10s, 500ms or 2m.");
    }

    /** Blank means the default. */
    static TextFormat<OptionalInt> port() {
        return new TextFormat<>(
                port -> port.isPresent() ? Integer.toString(port.getAsInt()) : "",
                TextFormat::parsePort,
                "A port is a number from 1 to 65535.");
    }

    /** Blank means none. */
    static TextFormat<Optional<Path>> file() {
        return new TextFormat<>(
                file -> file.map(Path::toString).orElse(""),
                TextFormat::parsePath,
                "This cannot be the name of a file.");
    }

    private static Optional<Optional<Path>> parsePath(String text) {
        try {
            return Optional.of(text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip())));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<OptionalInt> parsePort(String text) {
        String typed = text.strip();
        if (typed.isEmpty()) {
            return Optional.of(OptionalInt.empty());
        }
        return typed.matches("[0-9]{1,5}") ? Optional.of(OptionalInt.of(Integer.parseInt(typed))) : Optional.empty();
    }
}
