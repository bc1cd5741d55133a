package org.posthorn.desktop.viewmodel.log;

import java.util.EnumSet;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;

/** What a person has chosen to see of the log. */
public final class LogFilters {
    private final ObservableSet<Direction> directions = FXCollections.observableSet(EnumSet.allOf(Direction.class));
    private final ObjectProperty<Optional<Integer>> connection =
            new SimpleObjectProperty<>(this, "connection", Optional.empty());
    private final ObjectProperty<Optional<Phase>> phase = new SimpleObjectProperty<>(this, "phase", Optional.empty());
    private final ReadOnlyObjectWrapper<LogFilter> current =
            new ReadOnlyObjectWrapper<>(this, "current", LogFilter.off());

    LogFilters() {
        directions.addListener((SetChangeListener<Direction>) _ -> combine());
        connection.addListener((_, _, _) -> combine());
        phase.addListener((_, _, _) -> combine());
    }

    /** The directions that are shown; all at first. */
    public ObservableSet<Direction> directions() {
        return directions;
    }

    /** The number of the only connection that is shown; empty for all. */
    public ObjectProperty<Optional<Integer>> connectionProperty() {
        return connection;
    }

    /** The only phase that is shown; empty for all. */
    public ObjectProperty<Optional<Phase>> phaseProperty() {
        return phase;
    }

    /** Whether a line may be hidden. */
    public boolean areOn() {
        return !current().isOff();
    }

    /** Shows every line. */
    public void clear() {
        directions.addAll(EnumSet.allOf(Direction.class));
        anyConnectionAndPhase();
    }

    void anyConnectionAndPhase() {
        connection.set(Optional.empty());
        phase.set(Optional.empty());
    }

    LogFilter current() {
        return current.get();
    }

    ReadOnlyObjectProperty<LogFilter> currentProperty() {
        return current.getReadOnlyProperty();
    }

    private void combine() {
        current.set(new LogFilter(directions, connection.get(), phase.get()));
    }
}
