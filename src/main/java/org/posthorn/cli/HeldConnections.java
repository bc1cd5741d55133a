package org.posthorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.timeline.Failure;

/** How connections that were held fared, for people and for programs. */
final class HeldConnections {
    private HeldConnections() {}

    static List<Map<String, Object>> json(List<Holding.Held> connections) {
        return connections.stream().map(HeldConnections::json).toList();
    }

    private static Map<String, Object> json(Holding.Held held) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", held.kind());
        json.put("connection", held.number());
        json.put("state", held.state());
        json.put("roundTripMillis", held.roundTrip().map(FactsJson::millis));
        json.put("failure", held.failure().map(Failure::kind));
        json.put("serverText", held.failure().flatMap(Failure::serverText));
        return json;
    }

    static void print(List<Holding.Held> connections, Paper paper) {
        paper.line("  Connections held:");
        for (Holding.Held held : connections) {
            paper.line("    #" + held.number() + " " + held.kind() + ": " + held.state()
                    + held.roundTrip()
                            .map(span -> ", a NOOP took " + PhaseSummary.millis(span))
                            .orElse("")
                    + held.failure()
                            .map(failure -> ", " + failure.serverText().orElse(failure.kind()))
                            .orElse(""));
        }
        paper.line("");
    }
}
