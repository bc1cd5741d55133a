package org.posthorn.desktop.viewmodel.connections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Durations;
import org.posthorn.account.Endpoint;
import org.posthorn.desktop.viewmodel.connection.FailureCard;
import org.posthorn.desktop.viewmodel.connection.Findings;
import org.posthorn.desktop.viewmodel.connection.Remark;

/** What is said of connections that are kept open. */
final class ConnectionWords {
    private ConnectionWords() {}

    /** How many there are, and when the last was checked; empty for none. */
    static String summary(List<ConnectionRow> rows, Instant now) {
        if (rows.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        long open = rows.stream().filter(ConnectionRow::isOpen).count();
        long broken = rows.stream().filter(ConnectionRow::isBroken).count();
        parts.add(open == 1 ? "1 connection" : open + " connections");
        if (broken > 0) {
            parts.add(broken + " broken");
        }
        rows.stream()
                .flatMap(row -> row.checkedAt().stream())
                .max(Comparator.naturalOrder())
                .ifPresent(at -> parts.add("checked " + Age.text(at, now) + " ago"));
        return String.join(" · ", parts);
    }

    /** Which connection an operation uses, and when idle ones are checked. */
    static String rules(ConnectionSettings settings) {
        String use = switch (settings.assignment()) {
            case MAIN_OR_DEFAULT ->
                "An operation uses its thread's default connection, or the main one where the thread has none.";
            case MAIN ->
                "An operation uses the main connection; the assignment on the form has no default connections.";
            case DEFAULT ->
                "An operation uses its thread's default connection; the assignment on the form has no main connection.";
        };
        String checkup = settings.checkup().isPositive()
                ? "Idle ones are checked every " + Durations.format(settings.checkup()) + "."
                : "The checkup is off.";
        return use + " " + checkup;
    }

    /** Why connections are broken; what is true of several is said once. */
    static List<Remark> troubles(Endpoint endpoint, List<ConnectionRow> rows) {
        Map<Remark, List<ConnectionRow>> troubles = new LinkedHashMap<>();
        for (ConnectionRow row : rows) {
            trouble(endpoint, row)
                    .ifPresent(remark -> troubles.computeIfAbsent(remark, _ -> new ArrayList<>())
                            .add(row));
        }
        return troubles.entrySet().stream()
                .map(trouble -> named(trouble.getKey(), trouble.getValue()))
                .toList();
    }

    private static Optional<Remark> trouble(Endpoint endpoint, ConnectionRow row) {
        return Optional.of(row)
                .filter(ConnectionRow::isBroken)
                .flatMap(broken -> new Findings(endpoint, broken.timeline()).failure())
                .map(ConnectionWords::remark);
    }

    private static Remark remark(FailureCard failure) {
        return new Remark(true, failure.sentence(), failure.change(), failure.field());
    }

    private static Remark named(Remark remark, List<ConnectionRow> rows) {
        String numbers =
                rows.stream().map(row -> "#" + row.numberProperty().get()).collect(Collectors.joining(", "));
        return new Remark(remark.warning(), numbers + ": " + remark.sentence(), remark.change(), remark.field());
    }
}
