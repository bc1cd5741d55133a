package org.posthorn.desktop.view.log;

import java.util.Locale;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.viewmodel.log.LogFind;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

/** One line in sight. It is shown again and again for other lines, and changes only what differs. */
final class LogRow extends Region {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

    private final Text time = text("time");
    private final Text elapsed = text("elapsed");
    private final Text mark = text("mark");
    private final Text words = text("words");
    private final Path matches = new Path();
    private final LogText format;
    private final LogColumns columns;
    private @Nullable WireEvent event;
    private @Nullable WireEvent before;
    private String spoken = "";

    LogRow(LogColumns columns, LogText format) {
        this.columns = columns;
        this.format = format;
        getStyleClass().add("log-row");
        matches.getStyleClass().add("log-match");
        matches.setManaged(false);
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        getChildren().addAll(matches, time, elapsed, mark, words);
    }

    /** Shows a line; its time is told from the line before it. */
    void show(WireEvent line, @Nullable WireEvent previous, boolean selected, boolean failed) {
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(MARKED, failed);
        if (line.equals(event) && Objects.equals(previous, before)) {
            return;
        }
        event = line;
        before = previous;
        for (Direction direction : Direction.values()) {
            pseudoClassStateChanged(pseudoClass(direction), direction == line.direction());
        }
        time.setText(format.time(line.time()));
        elapsed.setText(previous == null ? "" : LogText.elapsed(previous, line));
        mark.setText(line.direction().mark());
        words.setText(LogText.shown(line.text()));
        spoken = format.spoken(line);
        requestLayout();
    }

    /** Draws a frame around what was looked for. */
    void highlight(LogFind find) {
        matches.getElements().clear();
        String text = words.getText();
        int length = find.queryProperty().get().length();
        int at = find.indexIn(text, 0);
        while (at >= 0) {
            matches.getElements().addAll(words.rangeShape(at, at + length));
            at = find.indexIn(text, at + length);
        }
        matches.setLayoutX(words.getLayoutX());
        matches.setLayoutY(words.getLayoutY());
    }

    /** How far the text reaches. */
    double reach() {
        return columns.words() + words.getText().length() * columns.character() + LogColumns.EDGE;
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT -> spoken;
            case SELECTED -> getPseudoClassStates().contains(SELECTED);
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    protected void layoutChildren() {
        double y = Math.round((getHeight() - columns.lineHeight()) / 2);
        place(time, LogColumns.EDGE, y);
        place(elapsed, columns.elapsedEnd() - elapsed.getText().length() * columns.character(), y);
        place(mark, columns.mark(), y);
        place(words, columns.words(), y);
        matches.setLayoutX(words.getLayoutX());
        matches.setLayoutY(words.getLayoutY());
    }

    private static void place(Text text, double x, double y) {
        text.setLayoutX(x);
        text.setLayoutY(y);
    }

    private static Text text(String style) {
        Text text = new Text();
        text.getStyleClass().addAll("text", style);
        text.setTextOrigin(VPos.TOP);
        text.setManaged(false);
        return text;
    }

    private static PseudoClass pseudoClass(Direction direction) {
        return PseudoClass.getPseudoClass(direction.name().toLowerCase(Locale.ROOT));
    }
}
