package org.posthorn.desktop.viewmodel.connection;

import java.time.Duration;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.posthorn.account.Endpoint;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** The rail of phases: the decisive attempt as it goes, and what is still to come. */
final class Rail {
    private final ObservableList<RailNode> nodes = FXCollections.observableArrayList();
    private final ObservableList<RailNode> readOnly = FXCollections.unmodifiableObservableList(nodes);

    ObservableList<RailNode> nodes() {
        return readOnly;
    }

    void show(Endpoint endpoint, Timeline timeline) {
        List<Phase> plan = RailPlan.of(endpoint, timeline);
        if (!nodes.stream().map(RailNode::phase).toList().equals(plan)) {
            nodes.setAll(plan.stream().map(RailNode::new).toList());
        }
        nodes.forEach(node -> show(node, timeline));
    }

    private static void show(RailNode node, Timeline timeline) {
        List<PhaseRecord> records = records(node.phase(), timeline);
        if (records.isEmpty()) {
            node.show(NodeState.WAITING, "–", "", "");
            return;
        }
        PhaseRecord last = records.getLast();
        RailFacts facts = RailFacts.of(last.facts());
        node.show(state(last.outcome()), time(records), facts.word(), facts.line());
    }

    /** The name is looked up once for all attempts. */
    private static List<PhaseRecord> records(Phase phase, Timeline timeline) {
        List<PhaseRecord> candidates = phase == Phase.RESOLVE ? timeline.records() : DecisiveAttempt.records(timeline);
        return candidates.stream().filter(r -> r.phase() == phase).toList();
    }

    private static String time(List<PhaseRecord> records) {
        return switch (records.getLast().outcome()) {
            case RUNNING -> "…";
            case SKIPPED -> "–";
            case OK, FAILED, CANCELLED ->
                Elapsed.text(records.stream().map(PhaseRecord::elapsed).reduce(Duration.ZERO, Duration::plus));
        };
    }

    private static NodeState state(Outcome outcome) {
        return switch (outcome) {
            case RUNNING -> NodeState.RUNNING;
            case OK -> NodeState.OK;
            case FAILED -> NodeState.FAILED;
            case SKIPPED -> NodeState.SKIPPED;
            case CANCELLED -> NodeState.CANCELLED;
        };
    }
}
