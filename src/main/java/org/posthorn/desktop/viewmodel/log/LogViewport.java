package org.posthorn.desktop.viewmodel.log;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Which rows are in sight: the top one, and how many fit. It follows the newest row until somebody scrolls up. */
public final class LogViewport {
    private final BooleanProperty follow = new SimpleBooleanProperty(this, "follow", true);
    private final Runnable changed;
    private double first;
    private double end;
    private double top;
    private double fitting = 1;

    LogViewport(Runnable changed) {
        this.changed = changed;
        follow.addListener((_, _, _) -> settle());
    }

    /** Whether the newest row is kept in sight. */
    public BooleanProperty followProperty() {
        return follow;
    }

    /** The number of the row at the upper edge; its fraction is the part of it that is out of sight. */
    public double top() {
        return top;
    }

    /** The smallest and largest value of {@link #top()}. */
    public double lowestTop() {
        return first;
    }

    public double highestTop() {
        return Math.max(first, end - fitting);
    }

    /** How many rows fit, with a fraction. */
    public double fitting() {
        return fitting;
    }

    public void fit(double rows) {
        if (rows != fitting) {
            fitting = Math.max(1, rows);
            settle();
        }
    }

    /** Puts a row at the upper edge; reaching the lower end begins to follow, leaving it ends that. */
    public void scrollTo(double row) {
        top = Math.clamp(row, lowestTop(), highestTop());
        follow.set(top >= highestTop());
        changed.run();
    }

    public void scrollBy(double rows) {
        scrollTo(top + rows);
    }

    /** Brings a row into sight with as little movement as possible, or to the middle when it is far away. */
    public void reveal(long row) {
        double last = top + fitting - 1;
        if (row >= top && row <= last) {
            return;
        }
        boolean near = row > top - fitting && row < last + fitting;
        double nearest = row < top ? (double) row : row - fitting + 1;
        scrollTo(near ? nearest : row - Math.floor(fitting / 2));
    }

    void range(long firstRow, long endRow) {
        first = firstRow;
        end = endRow;
        settle();
    }

    private void settle() {
        double settled = follow.get() ? highestTop() : Math.clamp(top, lowestTop(), highestTop());
        if (settled != top) {
            top = settled;
        }
        changed.run();
    }
}
