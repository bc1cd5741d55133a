package org.posthorn.desktop.viewmodel.connection;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.posthorn.timeline.Phase;

/** One phase on the rail. */
public final class RailNode {
    private final Phase phase;
    private final ReadOnlyObjectWrapper<NodeState> state = new ReadOnlyObjectWrapper<>(NodeState.WAITING);
    private final ReadOnlyStringWrapper time = new ReadOnlyStringWrapper("–");
    private final ReadOnlyStringWrapper fact = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");

    RailNode(Phase phase) {
        this.phase = phase;
    }

    public Phase phase() {
        return phase;
    }

    public String label() {
        return phase.label();
    }

    public ReadOnlyObjectProperty<NodeState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public NodeState state() {
        return state.get();
    }

    /** How long it took, for example {@code 24 ms}; an ellipsis while it runs, a dash before. */
    public ReadOnlyStringProperty timeProperty() {
        return time.getReadOnlyProperty();
    }

    /** What was learnt in a word, for example {@code 1.3}; may be empty. */
    public ReadOnlyStringProperty factProperty() {
        return fact.getReadOnlyProperty();
    }

    /** What was learnt in a line; may be empty. */
    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    /** All of it in a sentence, for a screen reader. */
    public String spoken() {
        return label() + ": " + state.get().word() + (detail.get().isEmpty() ? "" : ", " + detail.get());
    }

    void show(NodeState newState, String newTime, String newFact, String newDetail) {
        fact.set(newFact);
        detail.set(newDetail);
        time.set(newTime);
        state.set(newState);
    }
}
