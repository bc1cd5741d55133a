package org.posthorn.desktop.viewmodel.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * The protocol log in the window. New lines are taken in by {@link #refresh()} and never in between, so that a flood of
 * lines costs the window no more than one step a pulse.
 */
public final class LogViewModel {
    private static final int SCANNED_AT_ONCE = 10_000;

    private final LogFilters filters = new LogFilters();
    private final BooleanProperty folded = new SimpleBooleanProperty(this, "folded", false);
    private final BooleanProperty paused = new SimpleBooleanProperty(this, "paused", false);
    private final ReadOnlyLongWrapper lines = new ReadOnlyLongWrapper(this, "lines", 0);
    private final ReadOnlyLongWrapper waiting = new ReadOnlyLongWrapper(this, "waiting", 0);
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes", 0);
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper(this, "notice", "");
    private final ReadOnlyObjectWrapper<WireLog> log;
    private final LogViewport viewport = new LogViewport(this::change);
    private final LogSelection selection = new LogSelection(this::change);
    private final LogFind find = new LogFind(this::change);
    private final LogText text;
    private final Executor background;
    private final Executor foreground;
    private final LogFolds folds = new LogFolds();
    private LogRows rows;
    private OptionalLong marked = OptionalLong.empty();
    private long pausedAt;

    /**
     * @param background where files are written
     * @param foreground where the outcome of that is shown
     */
    public LogViewModel(WireLog log, LogText text, Executor background, Executor foreground) {
        this.log = new ReadOnlyObjectWrapper<>(this, "log", log);
        this.text = text;
        this.background = background;
        this.foreground = foreground;
        this.rows = LogRows.of(log, filters.current(), folds);
        filters.currentProperty().addListener((_, _, _) -> filter());
        folded.addListener((_, _, all) -> foldAll(all));
        paused.addListener((_, _, now) -> pause(now));
        refresh();
    }

    public LogFilters filters() {
        return filters;
    }

    /** Whether replies of several lines are folded, but for those that were unfolded one by one. */
    public BooleanProperty foldedProperty() {
        return folded;
    }

    /** The numbers of the connections that the log holds lines of, newest first. */
    public SortedSet<Integer> connections() {
        return LogFilter.connections(log.get());
    }

    /** The reply of several lines that a row is the first line of. */
    public Optional<LogReply> reply(long row) {
        long hidden = rows.hidden(row);
        long sequence = rows.sequence(row);
        boolean begins =
                hidden > 0 || (LogFolds.continues(log.get(), sequence + 1) && !LogFolds.continues(log.get(), sequence));
        return begins ? Optional.of(new LogReply(hidden)) : Optional.empty();
    }

    /** Folds the reply that a row belongs to, or unfolds it. */
    public void toggleReply(long row) {
        if (row < rows.first() || row >= rows.end()) {
            return;
        }
        long sequence = rows.sequence(row);
        long head = LogFolds.head(log.get(), sequence);
        if (LogFolds.continues(log.get(), head + 1)) {
            folds.toggle(head);
            choose();
            selection.select(head);
            viewport.reveal(rowOf(head));
        }
    }

    /** While it is true the rows stay as they are; the log itself goes on, and nothing is lost. */
    public BooleanProperty pausedProperty() {
        return paused;
    }

    /** The number of rows. */
    public ReadOnlyLongProperty linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /** How many lines have come since the pause began. */
    public ReadOnlyLongProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    /** Counts up whenever something on the screen may have changed. */
    public ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /** What came of the last command, in a sentence; empty when there is nothing to say. */
    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /** The log that is shown; a view hears its new lines and calls {@link #refresh()}. */
    public ReadOnlyObjectProperty<WireLog> logProperty() {
        return log.getReadOnlyProperty();
    }

    public LogViewport viewport() {
        return viewport;
    }

    public LogSelection selection() {
        return selection;
    }

    public LogFind find() {
        return find;
    }

    public LogText text() {
        return text;
    }

    /** Shows another log, from its end. */
    public void show(WireLog other) {
        log.set(other);
        marked = OptionalLong.empty();
        notice.set("");
        selection.clear();
        filters.anyConnectionAndPhase();
        folds.setAll(folded.get());
        viewport.followProperty().set(true);
        paused.set(false);
        filter();
    }

    /**
     * Takes in what has come since the last time and searches on.
     *
     * @return whether more is left to do, or may come at once
     */
    public boolean refresh() {
        long next = log.get().nextSequence();
        long before = rows.end();
        long first = rows.first();
        rows.extend(paused.get() ? Math.min(pausedAt, next) : next);
        waiting.set(paused.get() ? next - pausedAt : 0);
        boolean searching = find.scan(log.get(), rows, filters.current(), SCANNED_AT_ONCE);
        boolean moved = before != rows.end() || first != rows.first();
        if (moved) {
            lines.set(rows.end() - rows.first());
            viewport.range(rows.first(), rows.end());
        }
        if (searching) {
            change();
        }
        return moved || searching;
    }

    /** The lines of some rows; fewer at either end. */
    public List<WireEvent> rows(long from, int count) {
        long first = Math.max(from, rows.first());
        long end = Math.min(rows.end(), from + count);
        if (rows instanceof LogRows.Every) {
            return log.get().from(first, (int) Math.max(0, end - first));
        }
        List<WireEvent> events = new ArrayList<>(count);
        for (long row = first; row < end; row++) {
            events.addAll(log.get().from(rows.sequence(row), 1));
        }
        return events;
    }

    /** The number of the oldest row. */
    public long firstRow() {
        return rows.first();
    }

    /** One more than the number of the newest row. */
    public long endRow() {
        return rows.end();
    }

    /** The first row at or after a line; {@link #endRow()} when there is none. */
    public long rowOf(long sequence) {
        return rows.rowAtOrAfter(sequence);
    }

    /** Moves the caret by rows, from the upper edge when nothing is selected, and brings it into sight. */
    public void moveCaret(long by, boolean extend) {
        long from = selection.isEmpty() ? (long) viewport.top() - 1 : rowOf(selection.caret());
        moveCaretTo(from + by, extend);
    }

    public void moveCaretTo(long row, boolean extend) {
        if (rows.first() == rows.end()) {
            return;
        }
        long chosen = Math.clamp(row, rows.first(), rows.end() - 1);
        if (extend) {
            selection.extend(rows.sequence(chosen));
        } else {
            selection.select(rows.sequence(chosen));
        }
        viewport.reveal(chosen);
    }

    public void selectAll() {
        if (rows.first() < rows.end()) {
            selection.select(rows.sequence(rows.first()), rows.sequence(rows.end() - 1));
        }
    }

    /** Selects the next line that holds the query, and brings it into sight. */
    public void findNext() {
        found(find.after(selection.isEmpty() ? topSequence() - 1 : selection.caret()));
    }

    /** Selects the line before that holds the query, and brings it into sight. */
    public void findPrevious() {
        found(find.before(selection.isEmpty() ? topSequence() : selection.caret()));
    }

    /** Selects the last run of lines of a phase and brings it into sight, past a filter that hides it; says so when there is none. */
    public void selectPhase(int connection, Phase phase) {
        Optional<PhaseLines> run = PhaseLines.last(log.get(), rows.endSequence(), connection, phase);
        notice.set(run.isPresent() ? "" : "No line of the log belongs to “" + phase.label() + "”.");
        run.ifPresent(lines -> {
            if (isHidden(lines.telling())) {
                filters.clear();
            }
            reveal(lines.first(), lines.last());
        });
    }

    /** Makes the line of a failure stand out: the server's last word in the phase, else the last line of the phase. */
    public void markFailure(int connection, Phase phase) {
        marked = PhaseLines.last(log.get(), rows.endSequence(), connection, phase)
                .map(PhaseLines::telling)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        marked.ifPresent(this::unfold);
        change();
    }

    public void clearMark() {
        marked = OptionalLong.empty();
        change();
    }

    /** Whether a line tells of a failure. */
    public boolean isMarked(long sequence) {
        return marked.isPresent() && marked.getAsLong() == sequence;
    }

    /** The selected lines that are shown, each with its line end. */
    public String selectedText() {
        if (selection.isEmpty()) {
            return "";
        }
        StringBuilder copied = new StringBuilder();
        try {
            excerpt(selection.first(), endOfRow(selection.last())).append(copied);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return copied.toString();
    }

    /** Writes the lines that are shown to a file, and says what came of it. */
    public void save(Path file) {
        LogExcerpt excerpt = excerpt(log.get().firstSequence(), rows.endSequence());
        long count = lines.get();
        background.execute(() -> {
            String outcome = excerpt.save(file, count);
            foreground.execute(() -> notice.set(outcome));
        });
    }

    private LogExcerpt excerpt(long from, long end) {
        return new LogExcerpt(log.get(), filters.current(), from, end, text);
    }

    /** One more than the last line of a row, those that are folded away with it included. */
    private long endOfRow(long sequence) {
        long next = rowOf(sequence + 1);
        return next < rows.end() ? rows.sequence(next) : rows.endSequence();
    }

    private long topSequence() {
        long top = (long) viewport.top();
        return top < rows.end() ? rows.sequence(top) : 0;
    }

    private void found(OptionalLong sequence) {
        sequence.ifPresent(line -> reveal(line, line));
    }

    private boolean isHidden(long sequence) {
        return log.get().from(sequence, 1).stream().noneMatch(filters.current()::passes);
    }

    private void foldAll(boolean all) {
        folds.setAll(all);
        choose();
    }

    /** Brings a line out of the reply that it is folded into. */
    private void unfold(long sequence) {
        long head = LogFolds.head(log.get(), sequence);
        if (head != sequence && folds.contains(head)) {
            folds.toggle(head);
            choose();
        }
    }

    private void reveal(long from, long to) {
        unfold(to);
        unfold(from);
        viewport.followProperty().set(false);
        selection.select(from, to);
        viewport.reveal(rowOf(to));
        viewport.reveal(rowOf(from));
    }

    private void pause(boolean now) {
        pausedAt = log.get().nextSequence();
        refresh();
        if (!now) {
            waiting.set(0);
        }
    }

    private void filter() {
        find.restart();
        choose();
    }

    /** Makes the rows anew, and keeps the top one in its place where that can be. */
    private void choose() {
        long top = topSequence();
        rows = LogRows.of(log.get(), filters.current(), folds);
        refresh();
        lines.set(rows.end() - rows.first());
        viewport.range(rows.first(), rows.end());
        if (!viewport.followProperty().get()) {
            viewport.scrollTo((double) rowOf(top));
        }
    }

    private void change() {
        changes.set(changes.get() + 1);
    }
}
