package org.posthorn.desktop.viewmodel.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** The forms of TLS that were tried in turn. */
final class Attempts {
    private Attempts() {}

    static List<AttemptRow> of(Timeline timeline) {
        Map<Integer, List<PhaseRecord>> byNumber = timeline.records().stream()
                .collect(Collectors.groupingBy(PhaseRecord::attempt, TreeMap::new, Collectors.toList()));
        if (byNumber.size() < 2) {
            return List.of();
        }
        return byNumber.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static AttemptRow row(int number, List<PhaseRecord> records) {
        Optional<PhaseRecord> failed =
                records.stream().filter(r -> r.failure().isPresent()).findFirst();
        String answer = failed.map(r -> "failed at " + r.phase().label())
                .orElseGet(() -> records.getLast().isRunning() ? "under way" : "went on");
        return new AttemptRow(number, form(records) + port(records), failed.isEmpty(), answer);
    }

    private static String form(List<PhaseRecord> records) {
        List<Phase> phases = records.stream().map(PhaseRecord::phase).toList();
        if (phases.contains(Phase.STARTTLS)) {
            return "STARTTLS";
        }
        if (phases.contains(Phase.TLS)) {
            return "Implicit TLS";
        }
        return phases.contains(Phase.GREETING) ? "Plaintext" : "Connection";
    }

    private static String port(List<PhaseRecord> records) {
        return records.stream()
                .map(PhaseRecord::facts)
                .filter(Facts.Connected.class::isInstance)
                .map(Facts.Connected.class::cast)
                .findFirst()
                .map(connected -> " on port " + connected.port())
                .orElse("");
    }
}
