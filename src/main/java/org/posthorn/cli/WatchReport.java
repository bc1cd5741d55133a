package org.posthorn.cli;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.watch.Arrival;
import org.posthorn.mailbox.watch.WatchEnd;
import org.posthorn.mailbox.watch.WatchEvent;
import org.posthorn.timeline.Failure;

/** What a watch tells, a line for each event. */
final class WatchReport {
    private final Console console;
    private final boolean asJson;
    private final String folder;
    private final Paper paper;

    WatchReport(Console console, boolean asJson, String folder) {
        this.console = console;
        this.asJson = asJson;
        this.folder = folder;
        this.paper = new Paper(console.out());
    }

    void happened(WatchEvent event) {
        if (asJson) {
            JsonText.print(json(event), console.out());
        } else {
            paper.line(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + words(event));
        }
    }

    private String words(WatchEvent event) {
        return switch (event) {
            case WatchEvent.Began began ->
                "watching " + folder + ", " + ProgressLines.count(began.messages()) + " messages in it"
                        + (began.idles() ? "" : "; the server has no IDLE and is asked again and again");
            case WatchEvent.Arrived(int _, Arrival message) ->
                "new: " + message.from() + ": " + message.subject() + " (" + ProgressLines.size(message.bytes()) + ")";
            case WatchEvent.Removed removed ->
                ProgressLines.count(removed.count()) + " removed, " + ProgressLines.count(removed.remaining())
                        + " left";
            case WatchEvent.Lost lost ->
                "connection " + lost.connection() + " is gone ("
                        + lost.failure()
                                .serverText()
                                .orElseGet(() -> lost.failure().kind())
                        + "), another is tried";
            case WatchEvent.Resumed resumed -> "connection " + resumed.connection() + " watches on";
        };
    }

    private static Map<String, Object> json(WatchEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        json.put("connection", event.connection());
        switch (event) {
            case WatchEvent.Began began -> {
                json.put("messages", began.messages());
                json.put("idle", began.idles());
            }
            case WatchEvent.Arrived(int _, Arrival message) -> {
                json.put("uid", message.uid());
                json.put("bytes", message.bytes());
                json.put("internalDate", message.came().map(Object::toString));
                json.put("from", message.from());
                json.put("subject", message.subject());
                json.put("messageId", message.messageId());
            }
            case WatchEvent.Removed removed -> {
                json.put("count", removed.count());
                json.put("remaining", removed.remaining());
            }
            case WatchEvent.Lost lost -> {
                json.put("failure", lost.failure().kind());
                json.put("serverText", lost.failure().serverText());
            }
            case WatchEvent.Resumed _ -> {}
        }
        return json;
    }

    void ended(WatchEnd end, List<Finding> findings, LoginGuard guard) {
        if (asJson) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("schema", CheckJson.SCHEMA);
            json.put("event", "ended");
            json.put("outcome", end.outcome().name().toLowerCase(Locale.ROOT));
            json.put("arrived", end.arrived());
            json.put("lost", end.lost());
            json.put("session", CheckJson.of(end.session(), findings, guard));
            json.put("findings", findings.stream().map(CheckJson::finding).toList());
            JsonText.print(json, console.out());
        } else {
            print(end, findings);
        }
    }

    private static Optional<String> refusedFolder(WatchEnd end) {
        return end.session()
                .timeline()
                .failure()
                .filter(failure -> failure instanceof Failure.CommandRejected rejected
                        && rejected.command().equals("EXAMINE"))
                .flatMap(Failure::serverText);
    }

    private void print(WatchEnd end, List<Finding> findings) {
        if (end.outcome() == WatchEnd.Outcome.FAILED) {
            CheckReport.printSession(end.session(), paper);
        }
        refusedFolder(end)
                .ifPresent(words -> new Paper(console.err())
                        .line("posthorn: --folder: the server does not open “" + folder + "” (" + words + ")."));
        paper.line("");
        paper.line(ProgressLines.count(end.arrived()) + " new messages; the connection was lost "
                + ProgressLines.count(end.lost()) + " times.");
        CheckReport.printFindings(findings, paper);
    }
}
