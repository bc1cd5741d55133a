package org.posthorn.desktop.view.log;

import java.util.Objects;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.viewmodel.log.LogFind;
import org.posthorn.desktop.viewmodel.log.LogReply;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

/**
 * One line in sight. It is shown again and again for other lines, and changes only what differs. Nothing in it is laid out
 * or styled when its line changes: both would cost more than drawing it.
 */
final class LogRow extends Region {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

    private final Text time = text("time");
    private final Text mark = text("mark");
    private final Text words = text("words");
    private final Text more = text("more");
    private final Path matches = new Path();
    private final LogText format;
    private final LogColumns columns;
    private final LogColours colours;
    private @Nullable WireEvent event;
    private @Nullable WireEvent before;
    private Optional<LogReply> reply = Optional.empty();

    LogRow(LogColumns columns, LogColours colours, LogText format) {
        this.columns = columns;
        this.colours = colours;
        this.format = format;
        getStyleClass().add("log-row");
        setManaged(false);
        matches.getStyleClass().add("log-match");
        matches.setManaged(false);
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        getChildren().addAll(matches, time, mark, words, more);
        double y = Math.round((columns.rowHeight() - columns.lineHeight()) / 2);
        time.relocate(LogColumns.EDGE, y);
        mark.relocate(columns.mark(), y);
        words.relocate(columns.words(), y);
        more.relocate(columns.words(), y);
        matches.setLayoutX(columns.words());
        matches.setLayoutY(y);
    }

    /** Shows a line; its time is told from the line before it. */
    void show(WireEvent line, @Nullable WireEvent previous, Optional<LogReply> begun) {
        if (line.equals(event) && Objects.equals(previous, before) && begun.equals(reply)) {
            return;
        }
        reply = begun;
        event = line;
        before = previous;
        time.setText(columns.time(format.time(line.time()), previous == null ? "" : LogText.elapsed(previous, line)));
        mark.setText(line.direction().mark() + reply.map(LogRow::sign).orElse(""));
        words.setText(LogText.shown(line.text()));
        more.setText(reply.map(LogText::hidden).orElse(""));
        more.setLayoutX(columns.words() + (words.getText().length() + 2) * columns.character());
        colour(line.direction());
    }

    void mark(boolean selected, boolean failed) {
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(MARKED, failed);
    }

    /** Takes the colours anew, after a change of the theme. */
    void colour() {
        if (event != null) {
            colour(event.direction());
        }
    }

    /** Draws a frame around what was looked for. */
    void highlight(LogFind find) {
        if (!matches.getElements().isEmpty()) {
            matches.getElements().clear();
        }
        String text = words.getText();
        int length = find.queryProperty().get().length();
        int at = find.indexIn(text, 0);
        while (at >= 0) {
            matches.getElements().addAll(words.rangeShape(at, at + length));
            at = find.indexIn(text, at + length);
        }
    }

    /** How far the text reaches. */
    double reach() {
        int characters = words.getText().length()
                + (reply.isPresent() ? 2 : 0)
                + more.getText().length();
        return columns.words() + characters * columns.character() + LogColumns.EDGE;
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT ->
                event == null
                        ? ""
                        : format.spoken(event) + reply.map(LogRow::spoken).orElse("");
            case SELECTED -> getPseudoClassStates().contains(SELECTED);
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    protected void layoutChildren() {
        // The columns stand where the constructor put them.
    }

    private void colour(Direction direction) {
        time.setFill(colours.muted());
        mark.setFill(colours.mark(direction));
        words.setFill(colours.words(direction));
        more.setFill(colours.muted());
    }

    private static String sign(LogReply reply) {
        return reply.isFolded() ? " ▶" : " ▼";
    }

    private static String spoken(LogReply reply) {
        return reply.isFolded() ? ", folded, " + LogText.hidden(reply) : ", can be folded";
    }

    private static Text text(String style) {
        Text text = new Text();
        text.getStyleClass().addAll("text", style);
        text.setTextOrigin(VPos.TOP);
        text.setManaged(false);
        return text;
    }
}
