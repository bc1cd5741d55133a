package org.posthorn.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.posthorn.client.LoginGuard;
import org.posthorn.mailbox.bulk.FolderSurvey;
import org.posthorn.mailbox.bulk.MailboxSurvey;
import org.posthorn.mailbox.bulk.SurveyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code posthorn survey}: what every folder of a mailbox holds. */
@Command(
        name = "survey",
        description = {
            "Counts what every folder of an IMAP mailbox holds: messages, unread, bytes, the largest, the oldest, the"
                    + " newest.",
            "It changes nothing. With --connections it works over several connections."
        },
        customSynopsis = "posthorn survey --imap HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "For example: posthorn survey --imap mail.example.org --user alice --password-env MAIL_PASSWORD"
                    + " --connections 5",
            "",
            "--json prints schema, endpoint, outcome (complete, partly, failed, cancelled), messages, bytes, folders"
                    + " (name, messages, unread, bytes, largest, oldest, newest, failure, serverText), connections,"
                    + " millis, notices, session and findings."
        })
final class SurveyCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SurveyCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        HeavyWork work = HeavyWork.ofImap(console, interruption, options, output, "folders are counted");
        ProgressLines progress = work.progress();
        return work.run(
                client -> new MailboxSurvey(client).run(interruption.cancellation(), progress::accept),
                SurveyResult::end,
                this::show);
    }

    private void show(SurveyResult result, LoginGuard guard) {
        if (output.json()) {
            JsonText.print(json(result, guard), console.out());
        } else {
            print(result, new Paper(console.out()));
        }
    }

    private static Map<String, Object> json(SurveyResult result, LoginGuard guard) {
        Map<String, Object> json = WorkReport.head(result.end());
        json.put("messages", result.messages());
        json.put("bytes", result.bytes());
        json.put("folders", result.folders().stream().map(SurveyCommand::json).toList());
        WorkReport.finish(json, result.end(), guard);
        return json;
    }

    private static Map<String, Object> json(FolderSurvey folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", folder.name());
        json.put("messages", folder.messages());
        json.put("unread", folder.unread());
        json.put("bytes", folder.bytes());
        json.put("largest", folder.largest());
        json.put("oldest", folder.oldest().map(Object::toString));
        json.put("newest", folder.newest().map(Object::toString));
        json.putAll(WorkReport.failure(folder.failure()));
        return json;
    }

    private static void print(SurveyResult result, Paper paper) {
        CheckReport.printSession(result.end().session(), paper);
        paper.line("");
        paper.line("  " + row("messages", "unread", "size", "largest", "oldest", "newest", "folder"));
        result.folders().forEach(folder -> paper.line("  " + row(folder)));
        WorkReport.print(
                result.end(),
                ProgressLines.count(result.messages()) + " messages in "
                        + result.folders().size() + " folders, " + ProgressLines.size(result.bytes()) + ".",
                paper);
    }

    private static String row(FolderSurvey folder) {
        return row(
                ProgressLines.count(folder.messages()),
                ProgressLines.count(folder.unread()),
                ProgressLines.size(folder.bytes()),
                ProgressLines.size(folder.largest()),
                day(folder.oldest()),
                day(folder.newest()),
                folder.name() + (folder.failure().isPresent() ? "  (not all of it)" : ""));
    }

    private static String day(Optional<Instant> date) {
        return date.map(known -> known.toString().substring(0, 10)).orElse("–");
    }

    private static String row(String... columns) {
        return String.format(Locale.ROOT, "%10s %8s %12s %12s  %-10s  %-10s  %s", (Object[]) columns);
    }
}
