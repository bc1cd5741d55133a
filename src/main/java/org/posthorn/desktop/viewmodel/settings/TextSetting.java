package org.posthorn.desktop.viewmodel.settings;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;

/** A setting that is typed. */
public sealed class TextSetting extends SettingField<String> permits PortSetting {

    /** How much is usually typed. */
    public enum Width {
        /** A number or a time. */
        SHORT,
        /** A name or a path. */
        LONG
    }

    private final Width width;
    private final ReadOnlyStringWrapper prompt = new ReadOnlyStringWrapper("");
    private final Function<Endpoint, String> show;
    private final BiFunction<Endpoint, String, Optional<Endpoint>> put;
    private final String sentence;

    <V> TextSetting(Field field, Width width, TextFormat<V> format, Lens<V> lens) {
        super(field, "");
        this.width = width;
        show = endpoint -> format.show().apply(lens.get().apply(endpoint));
        put = (endpoint, text) ->
                format.parse().apply(text).map(value -> lens.put().apply(endpoint, value));
        sentence = format.sentence();
    }

    public final Width width() {
        return width;
    }

    /** What stands in the empty field. */
    public final ReadOnlyStringProperty promptProperty() {
        return prompt.getReadOnlyProperty();
    }

    final TextSetting prompt(String words) {
        prompt.set(words);
        return this;
    }

    @Override
    String shown(Endpoint endpoint) {
        return show.apply(endpoint);
    }

    @Override
    Endpoint applyTo(Endpoint endpoint) {
        return put.apply(endpoint, value()).orElse(endpoint);
    }

    @Override
    Optional<Problem> unreadable() {
        Endpoint any = Endpoint.of(Protocol.IMAP, "");
        return put.apply(any, value()).isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(field(), Problem.Severity.ERROR, sentence));
    }
}
