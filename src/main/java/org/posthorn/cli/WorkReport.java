package org.posthorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.bulk.Notice;
import org.posthorn.mailbox.bulk.Progress;
import org.posthorn.mailbox.bulk.WorkEnd;
import org.posthorn.timeline.Failure;

/**
 * What is told of every work over several connections, for people and for programs: beside what each has of its own, an object
 * holds
 *
 * <pre>{@code
 * "schema": 1, "endpoint": {…}, "outcome": "complete",      partly, failed, cancelled
 * "connections": {"asked": 20, "used": 10},                 the most that were logged in together
 * "millis": 812.4,
 * "notices": [ {"kind": "lost", "connection": 3, "failure": "ConnectionLost", "serverText": null},
 *              {"kind": "lowered", "from": 20, "to": 10, …}, {"kind": "slowed", "pauseMillis": 500, …}, {"kind": "givenUp", "part": "Sent", …} ],
 * "session": {…}, "findings": []                            as check prints them
 * }</pre>
 */
final class WorkReport {
    private WorkReport() {}

    /** The beginning of an object, up to where the work's own members belong. */
    static Map<String, Object> head(WorkEnd end) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CheckJson.SCHEMA);
        json.put("endpoint", CheckJson.endpoint(end.session().endpoint()));
        json.put("outcome", end.outcome().word());
        return json;
    }

    /** The end of an object. */
    static void finish(Map<String, Object> json, WorkEnd end, LoginGuard guard) {
        List<Finding> findings = HeavyWork.findings(end);
        Map<String, Object> connections = new LinkedHashMap<>();
        connections.put("asked", end.session().endpoint().connections().connectionsForHeavyWork());
        connections.put("used", end.most());
        json.put("connections", connections);
        json.put("millis", FactsJson.millis(end.elapsed()));
        json.put(
                "notices",
                end.progress().notices().stream().map(WorkReport::json).toList());
        json.put("session", CheckJson.of(end.session(), findings, guard));
        json.put("findings", findings.stream().map(CheckJson::finding).toList());
    }

    private static Map<String, Object> json(Notice notice) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (notice) {
            case Notice.Lost lost -> {
                json.put("kind", "lost");
                json.put("connection", lost.connection());
            }
            case Notice.Lowered lowered -> {
                json.put("kind", "lowered");
                json.put("from", lowered.from());
                json.put("to", lowered.to());
            }
            case Notice.Slowed slowed -> {
                json.put("kind", "slowed");
                json.put("pauseMillis", FactsJson.millis(slowed.pause()));
            }
            case Notice.GivenUp given -> {
                json.put("kind", "givenUp");
                json.put("part", given.part());
            }
        }
        json.putAll(failure(Optional.of(notice.failure())));
        return json;
    }

    /** The two members that tell of a failure. */
    static Map<String, Object> failure(Optional<Failure> failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("failure", failure.map(Failure::kind));
        json.put("serverText", failure.flatMap(Failure::serverText));
        return json;
    }

    /** How it went and why, for people. */
    static void print(WorkEnd end, String done, Paper paper) {
        Progress progress = end.progress();
        paper.line("");
        paper.line(
                switch (end.outcome()) {
                    case COMPLETE -> done;
                    case PARTLY -> done + " Not everything could be done.";
                    case FAILED -> "Ended early. " + done;
                    case CANCELLED -> "Interrupted. " + done;
                });
        paper.line("  " + String.format(Locale.ROOT, "%.1f s", end.elapsed().toMillis() / 1e3) + ", "
                + end.most() + " of "
                + end.session().endpoint().connections().connectionsForHeavyWork() + " connections used");
        progress.notices().forEach(notice -> paper.line("  • " + ProgressLines.words(notice)));
        if (progress.unnamed() > 0) {
            paper.line("  • and " + progress.unnamed() + " more of the kind.");
        }
        CheckReport.printFindings(HeavyWork.findings(end), paper);
        paper.line("");
    }
}
