package org.posthorn.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.archive.ArchiveProblem;
import org.posthorn.mailbox.messages.FolderContent;
import org.posthorn.mailbox.messages.MessageSummary;

/** What {@code posthorn messages} prints. */
final class MessagesReport {
    static final String INBOX = "INBOX";

    private static final int WIDTH = 120;

    private final Console console;
    private final boolean json;

    MessagesReport(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    /** What came of reading. */
    sealed interface Read {}

    record Listed(FolderContent content) implements Read {}

    record Saved(String id, String file, long bytes) implements Read {}

    /** The folder has no such message. */
    record NotThere(String id) implements Read {}

    /** It could not be written to disk. */
    record NotSaved(ArchiveProblem problem) implements Read {}

    static ExitCode exitCode(Reading<Read> told) {
        return told.result().filter(MessagesReport::isProblem).isPresent() ? ExitCode.FAILURE_FOUND : told.exitCode();
    }

    private static boolean isProblem(Read read) {
        return switch (read) {
            case Listed _, Saved _ -> false;
            case NotThere _, NotSaved _ -> true;
        };
    }

    void show(Reading<Read> told, LoginGuard guard) {
        List<Finding> findings = HeavyWork.findings(told.session());
        if (json) {
            JsonText.print(json(told, findings, guard), console.out());
        } else {
            Paper paper = new Paper(console.out());
            CheckReport.printSession(told.session(), paper);
            told.result().ifPresent(read -> print(read, paper));
            CheckReport.printFindings(findings, paper);
        }
        told.result()
                .flatMap(MessagesReport::complaint)
                .ifPresent(problem -> new Paper(console.err()).line("posthorn: " + problem));
    }

    private static Optional<String> complaint(Read read) {
        return switch (read) {
            case Listed _, Saved _ -> Optional.empty();
            case NotThere(String id) ->
                Optional.of("--save: the folder has no message " + id
                        + ". Its messages are listed without --save; one may have been deleted meanwhile.");
            case NotSaved(ArchiveProblem problem) -> Optional.of("--to: " + problem.getMessage());
        };
    }

    private static Map<String, Object> json(Reading<Read> told, List<Finding> findings, LoginGuard guard) {
        Optional<FolderContent> content = told.result().flatMap(MessagesReport::content);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CheckJson.SCHEMA);
        json.put("endpoint", CheckJson.endpoint(told.session().endpoint()));
        json.put("outcome", CheckJson.word(told.session().outcome()));
        json.put("folder", content.map(FolderContent::folder));
        json.put("messages", content.map(FolderContent::messages));
        json.put(
                "latest",
                content.map(FolderContent::latest).orElse(List.of()).stream()
                        .map(MessagesReport::json)
                        .toList());
        json.put("unreadable", content.map(FolderContent::unreadable));
        json.put("saved", told.result().flatMap(MessagesReport::saved));
        json.put("problem", told.result().flatMap(MessagesReport::complaint));
        json.put("session", CheckJson.of(told.session(), findings, guard));
        json.put("findings", findings.stream().map(CheckJson::finding).toList());
        return json;
    }

    private static Optional<FolderContent> content(Read read) {
        return read instanceof Listed(FolderContent content) ? Optional.of(content) : Optional.empty();
    }

    private static Optional<Map<String, Object>> saved(Read read) {
        return read instanceof Saved(String id, String file, long bytes)
                ? Optional.of(Map.of("id", id, "file", file, "bytes", bytes))
                : Optional.empty();
    }

    private static Map<String, Object> json(MessageSummary message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", message.id());
        json.put("date", message.date().map(Instant::toString));
        json.put("from", message.from());
        json.put("subject", message.subject());
        json.put("messageId", message.messageId());
        json.put("bytes", number(message.bytes()));
        json.put("flags", message.flags());
        return json;
    }

    private static Optional<Long> number(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static void print(Read read, Paper paper) {
        switch (read) {
            case Listed(FolderContent content) -> print(content, paper);
            case Saved(String id, String file, long bytes) -> {
                paper.line("");
                paper.line("Message " + id + ", " + ProgressLines.size(bytes) + ", was written to " + file + ".");
            }
            case NotThere _, NotSaved _ -> {}
        }
        paper.line("");
    }

    private static void print(FolderContent content, Paper paper) {
        paper.line("");
        paper.line("  " + row("date (UTC)", "size", "id", "message"));
        content.latest().forEach(message -> paper.line("  " + row(message)));
        paper.line("");
        paper.line(
                ProgressLines.count(content.messages()) + (content.messages() == 1 ? " message in " : " messages in ")
                        + content.folder() + "; " + content.latest().size() + " listed, the newest first"
                        + (content.unreadable() == 0
                                ? "."
                                : ". Of " + content.unreadable() + " more the server told nothing that can be read."));
    }

    private static String row(MessageSummary message) {
        return row(
                message.date()
                        .map(date -> date.toString().substring(0, 16).replace('T', ' '))
                        .orElse("–"),
                number(message.bytes()).map(ProgressLines::size).orElse("–"),
                message.id(),
                line(message.from(), message.subject()));
    }

    /** A sender may write any length. */
    static String line(String from, String subject) {
        String line = (from.isEmpty() ? "(no sender)" : from) + ": " + (subject.isEmpty() ? "(no subject)" : subject);
        return line.codePointCount(0, line.length()) <= WIDTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }

    private static String row(String... columns) {
        return String.format(Locale.ROOT, "%-16s %10s %16s  %s", (Object[]) columns);
    }
}
