package org.posthorn.desktop.viewmodel.connection;

import java.util.List;
import java.util.Optional;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** Of several attempts the one to show: that of the failure which ended the session, else the last. */
final class DecisiveAttempt {
    private DecisiveAttempt() {}

    /** The timeline without what came after the decisive attempt. */
    static Timeline upTo(Timeline timeline) {
        int number = number(timeline);
        List<PhaseRecord> records = timeline.records().stream()
                .filter(record -> record.attempt() <= number)
                .toList();
        return new Timeline(timeline.connection(), timeline.state(), records, timeline.failure(), timeline.times());
    }

    /** The records of the decisive attempt. */
    static List<PhaseRecord> records(Timeline timeline) {
        int number = number(timeline);
        return timeline.records().stream()
                .filter(record -> record.attempt() == number)
                .toList();
    }

    private static int number(Timeline timeline) {
        Optional<PhaseRecord> failed = timeline.records().reversed().stream()
                .filter(record ->
                        timeline.failure().isPresent() && record.failure().equals(timeline.failure()))
                .findFirst();
        return failed.or(() -> last(timeline)).map(PhaseRecord::attempt).orElse(1);
    }

    private static Optional<PhaseRecord> last(Timeline timeline) {
        return timeline.records().reversed().stream().findFirst();
    }
}
