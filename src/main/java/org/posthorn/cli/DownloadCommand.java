package org.posthorn.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.LoginGuard;
import org.posthorn.mailbox.archive.Archive;
import org.posthorn.mailbox.archive.ArchiveFormat;
import org.posthorn.mailbox.archive.ArchiveProblem;
import org.posthorn.mailbox.bulk.DownloadOptions;
import org.posthorn.mailbox.bulk.DownloadResult;
import org.posthorn.mailbox.bulk.FolderDownload;
import org.posthorn.mailbox.bulk.MailboxDownload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code posthorn download}: the messages of a mailbox into a folder on disk. */
@Command(
        name = "download",
        description = {
            "Downloads every message of an IMAP or POP3 mailbox into a folder, byte for byte. It changes nothing on the"
                    + " server.",
            "The same command again goes on where the one before it ended, and later fetches what is new."
        },
        customSynopsis =
                "posthorn download --to DIR --imap HOST[:PORT] | --pop3 HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "For example: posthorn download --to backup --imap mail.example.org --user alice --password-env"
                    + " MAIL_PASSWORD --connections 5",
            "",
            "A mail folder becomes a file (mbox, with quoted From lines) or a folder (Maildir), line ends as the"
                    + " server sends them. In its name all but harmless ASCII is written %%XX. A folder that the server"
                    + " numbered anew begins in another file, such as INBOX~2.mbox. What is needed to go on lies in"
                    + " DIR/.posthorn.",
            "",
            "--json prints schema, endpoint, outcome (complete, partly, failed, cancelled), messages, bytes,"
                    + " alreadyThere, folders (name, file, renumbered, messages, bytes, alreadyThere, gone, failure,"
                    + " serverText), problem (why nothing more could be written), connections, millis, notices, session"
                    + " and findings."
        })
final class DownloadCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("(?i)(\\d{1,12})(k|M|G|)B?");

    private final Console console;
    private final Interruption interruption;

    @Option(names = "--to", paramLabel = "DIR", description = "The folder for the messages; it need not exist.")
    private @Nullable String to;

    @Option(names = "--format", paramLabel = "mbox|maildir", description = "How they lie there, mbox by default.")
    private @Nullable String format;

    @Option(
            names = "--folder",
            paramLabel = "NAME",
            description = "This mail folder alone, by IMAP; may be given several times. All by default.")
    private List<String> folders = new ArrayList<>();

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "The largest message that is taken, such as 500k, 20M or 1G; 100M by default.")
    private @Nullable String maxSize;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    DownloadCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        if (to == null || to.isBlank()) {
            throw new UsageMistake("say where the messages go: --to DIR.");
        }
        ArchiveFormat form = format == null
                ? ArchiveFormat.MBOX
                : ServerOptions.choice("--format", format, List.of(ArchiveFormat.values()), ArchiveFormat::word);
        DownloadOptions what = new DownloadOptions(folders, maxSize == null ? DownloadOptions.LARGEST : size(maxSize));
        HeavyWork work = HeavyWork.of(console, interruption, options, output, Protocol.IMAP);
        check(work.endpoint());
        try (Archive archive = opened(to, form, work.endpoint())) {
            ProgressLines progress = work.progress();
            return work.run(
                    client -> new MailboxDownload(client, archive, what).run(interruption.cancellation(), progress),
                    DownloadResult::end,
                    this::show);
        } catch (IOException e) {
            throw new UsageMistake("--to: " + ArchiveProblem.of(e).getMessage());
        }
    }

    private void check(Endpoint endpoint) {
        if (endpoint.protocol() == Protocol.SMTP) {
            throw new UsageMistake("messages are downloaded by IMAP or POP3: give --imap or --pop3 HOST[:PORT], or an"
                    + " --account that has one.");
        }
        if (endpoint.protocol() == Protocol.POP3 && !folders.isEmpty()) {
            throw new UsageMistake("--folder goes with --imap; POP3 knows one folder alone.");
        }
    }

    private static long size(String typed) {
        Matcher size = SIZE.matcher(typed);
        if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
            throw new UsageMistake("--max-size takes a size such as 500k, 20M or 1G.");
        }
        long unit = switch (size.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1000;
            case "m" -> 1_000_000;
            case "g" -> 1_000_000_000;
            default -> 1;
        };
        return Long.parseLong(size.group(1)) * unit;
    }

    private static Archive opened(String folder, ArchiveFormat format, Endpoint endpoint) throws ArchiveProblem {
        try {
            return Archive.open(Path.of(folder), format, MailboxDownload.mailbox(endpoint));
        } catch (InvalidPathException _) {
            throw new UsageMistake("--to takes the path of a folder; this system knows no such path.");
        }
    }

    private void show(DownloadResult result, LoginGuard guard) {
        if (output.json()) {
            JsonText.print(json(result, guard), console.out());
        } else {
            print(result, new Paper(console.out()));
        }
        result.problem().ifPresent(problem -> new Paper(console.err()).line("posthorn: --to: " + problem.getMessage()));
    }

    private static Map<String, Object> json(DownloadResult result, LoginGuard guard) {
        Map<String, Object> json = WorkReport.head(result.end());
        json.put("messages", result.messages());
        json.put("bytes", result.bytes());
        json.put("alreadyThere", result.alreadyThere());
        json.put("folders", result.folders().stream().map(DownloadCommand::json).toList());
        json.put("problem", result.problem().map(ArchiveProblem::getMessage));
        WorkReport.finish(json, result.end(), guard);
        return json;
    }

    private static Map<String, Object> json(FolderDownload folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", folder.name());
        json.put("file", folder.file());
        json.put("renumbered", folder.renumbered());
        json.put("messages", folder.messages());
        json.put("bytes", folder.bytes());
        json.put("alreadyThere", folder.alreadyThere());
        json.put("gone", folder.gone());
        json.putAll(WorkReport.failure(folder.failure()));
        return json;
    }

    private static void print(DownloadResult result, Paper paper) {
        CheckReport.printSession(result.end().session(), paper);
        paper.line("");
        paper.line("  " + row("new", "there", "size", "folder"));
        result.folders().forEach(folder -> paper.line("  " + row(folder)));
        WorkReport.print(
                result.end(),
                ProgressLines.count(result.messages()) + " messages downloaded, " + ProgressLines.size(result.bytes())
                        + "; " + ProgressLines.count(result.alreadyThere()) + " were there already.",
                paper);
    }

    private static String row(FolderDownload folder) {
        return row(
                ProgressLines.count(folder.messages()),
                ProgressLines.count(folder.alreadyThere()),
                ProgressLines.size(folder.bytes()),
                folder.name() + place(folder) + (folder.failure().isPresent() ? "  (not all of it)" : ""));
    }

    private static String place(FolderDownload folder) {
        Optional<String> place = folder.file().map(file -> "  → " + file);
        return place.orElse("") + (folder.renumbered() ? "  (numbered anew by the server)" : "");
    }

    private static String row(String... columns) {
        return String.format(Locale.ROOT, "%10s %10s %12s  %s", (Object[]) columns);
    }
}
