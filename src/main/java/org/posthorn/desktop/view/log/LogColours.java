package org.posthorn.desktop.view.log;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Group;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import org.posthorn.wire.Direction;

/**
 * The colours of a row's texts, taken from the stylesheets once. Rows change their line sixty times a second, and asking
 * the stylesheets each time would cost most of the frame.
 */
final class LogColours extends Group {
    private final Text muted = sample("muted");
    private final Map<Direction, Text> marks = new EnumMap<>(Direction.class);
    private final Map<Direction, Text> words = new EnumMap<>(Direction.class);

    /** Calls back whenever a theme has changed one of them. */
    LogColours(Runnable changed) {
        for (Direction direction : Direction.values()) {
            String name = direction.name().toLowerCase(Locale.ROOT);
            marks.put(direction, sample("mark", name));
            words.put(direction, sample("words", name));
        }
        getChildren().add(muted);
        getChildren().addAll(marks.values());
        getChildren().addAll(words.values());
        getChildren().forEach(child -> ((Text) child).fillProperty().subscribe((_, _) -> changed.run()));
        setVisible(false);
        setManaged(false);
    }

    Paint muted() {
        return muted.getFill();
    }

    Paint mark(Direction direction) {
        return colour(marks, direction);
    }

    Paint words(Direction direction) {
        return colour(words, direction);
    }

    private Paint colour(Map<Direction, Text> samples, Direction direction) {
        return samples.getOrDefault(direction, muted).getFill();
    }

    private static Text sample(String... styles) {
        Text sample = new Text();
        sample.getStyleClass().add("log-sample");
        sample.getStyleClass().addAll(styles);
        return sample;
    }
}
