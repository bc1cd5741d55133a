package org.posthorn.desktop.viewmodel.log;

import java.util.Locale;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * Finds text in the lines that pass the filter, folded ones too, without regard to case. A million lines take longer than a pulse, so the search
 * goes on by a bounded number of lines each time it is asked to.
 */
public final class LogFind {
    private final StringProperty query = new SimpleStringProperty(this, "query", "");
    private final ReadOnlyLongWrapper matches = new ReadOnlyLongWrapper(this, "matches", 0);
    private final ReadOnlyLongWrapper current = new ReadOnlyLongWrapper(this, "current", 0);
    private final Runnable changed;
    private LongRing found = new LongRing();
    private String wanted = "";
    private long read;

    LogFind(Runnable changed) {
        this.changed = changed;
        query.addListener((_, _, _) -> restart());
    }

    /** What is looked for; empty finds nothing. */
    public StringProperty queryProperty() {
        return query;
    }

    /** How many lines hold it, as far as the search has come. */
    public ReadOnlyLongProperty matchesProperty() {
        return matches.getReadOnlyProperty();
    }

    /** Which of them was stepped to, from 1; 0 when none was. */
    public ReadOnlyLongProperty currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Where the query stands in a text, at or after an index; -1 where it does not. */
    public int indexIn(String text, int from) {
        int last = text.length() - wanted.length();
        for (int at = from; at <= last && !wanted.isEmpty(); at++) {
            boolean begins = Character.toLowerCase(text.charAt(at)) == wanted.charAt(0);
            if (begins && text.regionMatches(true, at, wanted, 0, wanted.length())) {
                return at;
            }
        }
        return -1;
    }

    void restart() {
        wanted = query.get().toLowerCase(Locale.ROOT);
        found = new LongRing();
        read = 0;
        matches.set(0);
        current.set(0);
        changed.run();
    }

    /**
     * Looks at the next lines.
     *
     * @return whether lines are left to look at
     */
    boolean scan(WireLog log, LogRows rows, LogFilter filter, int most) {
        if (wanted.isEmpty() || rows.first() == rows.end()) {
            return false;
        }
        long limit = rows.endSequence();
        long from = Math.max(read, log.firstSequence());
        read = Math.min(limit, from + most);
        for (WireEvent event : log.from(from, (int) Math.max(0, read - from))) {
            if (indexIn(event.text(), 0) >= 0 && filter.passes(event)) {
                found.add(event.sequence());
            }
        }
        found.dropBefore(log.firstSequence());
        matches.set(found.end() - found.first());
        return read < limit;
    }

    /** The next match after a line, going round at the end. */
    OptionalLong after(long sequence) {
        return step(found.indexAtOrAfter(sequence + 1), found.first());
    }

    /** The match before a line, going round at the beginning. */
    OptionalLong before(long sequence) {
        long index = found.indexAtOrAfter(sequence) - 1;
        return step(index < found.first() ? found.end() : index, found.end() - 1);
    }

    private OptionalLong step(long index, long around) {
        if (found.first() == found.end()) {
            return OptionalLong.empty();
        }
        long chosen = index >= found.end() ? around : index;
        current.set(chosen - found.first() + 1);
        return OptionalLong.of(found.get(chosen));
    }
}
