package org.posthorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.client.LoginGuard;
import org.posthorn.mailbox.bulk.MailboxUpload;
import org.posthorn.mailbox.bulk.Quoting;
import org.posthorn.mailbox.bulk.SourceUnusable;
import org.posthorn.mailbox.bulk.UploadJournal;
import org.posthorn.mailbox.bulk.UploadPlan;
import org.posthorn.mailbox.bulk.UploadProblem;
import org.posthorn.mailbox.bulk.UploadResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code posthorn upload}: messages of files into a folder of a mailbox. */
@Command(
        name = "upload",
        description = {
            "Appends the messages of mbox files, Maildirs and files of one message to a folder of an IMAP mailbox, each"
                    + " once.",
            "Without --yes it says how many there are and appends nothing. With --connections it works over several"
                    + " connections."
        },
        customSynopsis = "posthorn upload PATH... --folder NAME --imap HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "A file whose first line begins with From is an mbox; a folder with cur or new in it is a Maildir, of which"
                    + " subfolders are not read.",
            "For example: posthorn upload old.mbox --folder Archive --imap mail.example.org --user alice --password-env"
                    + " MAIL_PASSWORD --resume upload.journal --yes",
            "",
            "--json prints schema, endpoint, outcome (complete, partly, failed, cancelled), folder, messages, appended,"
                    + " bytes, already, refused, uncertain, left, problem, connections, millis, notices, session and"
                    + " findings."
        })
final class UploadCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;

    private final Console console;
    private final Interruption interruption;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "An mbox file, a Maildir or a file of one message.")
    private List<Path> sources = List.of();

    @Option(
            names = "--folder",
            paramLabel = "NAME",
            required = true,
            description = "The folder that the messages are appended to, such as INBOX.")
    private String folder = "";

    @Option(names = "--create", description = "Makes the folder where there is none.")
    private boolean create;

    @Option(
            names = "--mbox",
            paramLabel = "mboxrd|mboxo",
            description = "How an mbox file quotes lines that begin with From: mboxrd (the default) undoes it for any"
                    + " number of >, mboxo for one.")
    private @Nullable String mbox;

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            description = "How many messages there may be, 1000 by default; with more nothing is appended.")
    private int most = 1000;

    @Option(names = "--yes", description = "Appends the messages.")
    private boolean yes;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "A journal of what was appended, made where it is missing: the next run goes on where this one"
                            + " ended.")
    private @Nullable Path resume;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    UploadCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        checkOptions();
        HeavyWork work = HeavyWork.ofImap(console, interruption, options, output, "messages are appended");
        if (work.endpoint().connections().readOnly()) {
            throw new UsageMistake(
                    "--read-only: the mailbox is read-only, by this option or by its account, and nothing is"
                            + " appended to it; give --read-only off to append.");
        }
        Optional<UploadJournal> journal = journal(work.endpoint());
        try {
            UploadPlan plan = plan(journal);
            confirm(plan, work.endpoint());
            ProgressLines progress = work.progress();
            return work.run(
                    client -> new MailboxUpload(client, folder, create)
                            .run(plan, journal, interruption.cancellation(), progress),
                    UploadResult::end,
                    this::show);
        } finally {
            journal.ifPresent(UploadCommand::close);
        }
    }

    private void checkOptions() {
        if (sources.isEmpty()) {
            throw new UsageMistake("give a PATH: an mbox file, a Maildir or a file of one message.");
        }
        FolderName.check(folder);
        if (most < 1 || most > MOST) {
            throw new UsageMistake("--most takes a number from 1 to 1000000.");
        }
    }

    /** Without --yes nothing is written, not even an empty journal. */
    private Optional<UploadJournal> journal(Endpoint endpoint) {
        Optional<Path> file = Optional.ofNullable(resume).filter(named -> yes || Files.exists(named));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UploadJournal.open(file.get(), endpoint, folder));
        } catch (SourceUnusable e) {
            throw new UsageMistake("--resume: " + e.sentence());
        }
    }

    private static void close(UploadJournal journal) {
        try {
            journal.close();
        } catch (IOException _) {
            // Each step was written through to the disk.
        }
    }

    private UploadPlan plan(Optional<UploadJournal> journal) {
        Quoting quoting = mbox == null
                ? Quoting.MBOXRD
                : ServerOptions.choice("--mbox", mbox, List.of(Quoting.MBOXRD, Quoting.MBOXO), Quoting::word);
        try {
            return UploadPlan.of(sources, quoting, journal, most);
        } catch (SourceUnusable e) {
            throw new UsageMistake("PATH: " + e.sentence());
        }
    }

    /** Messages that were appended to the wrong folder are hard to tell from those that belong there. */
    private void confirm(UploadPlan plan, Endpoint endpoint) {
        if (plan.isCut()) {
            throw new UsageMistake("there are more than " + ProgressLines.count(most)
                    + " messages, and nothing was appended; --most allows another number.");
        }
        if (plan.messages() + plan.already() == 0) {
            throw new UsageMistake("PATH: there is no message in what was named.");
        }
        if (!yes) {
            String already = plan.already() == 0
                    ? ""
                    : ", beside " + ProgressLines.count(plan.already()) + " that are there already";
            throw new UsageMistake(messages(plan.messages()) + " (" + ProgressLines.size(plan.bytes())
                    + ") would be appended to the folder “" + folder + "” of "
                    + LoginGuard.who(endpoint).map(who -> who + " at ").orElse("") + endpoint.hostName() + already
                    + "; give --yes to append them.");
        }
    }

    private static String messages(long count) {
        return ProgressLines.count(count) + (count == 1 ? " message" : " messages");
    }

    private void show(UploadResult result, LoginGuard guard) {
        result.problem().ifPresent(problem -> new Paper(console.err()).line("posthorn: " + words(problem)));
        if (output.json()) {
            JsonText.print(json(result, guard), console.out());
        } else {
            print(result, new Paper(console.out()));
        }
    }

    private static String words(UploadProblem problem) {
        return switch (problem) {
            case UploadProblem.FolderMissing missing ->
                "--folder: the server does not open “" + missing.folder() + "” (" + missing.text()
                        + "); give --create to make it.";
            case UploadProblem.FolderRefused refused ->
                "--create: the server does not make “" + refused.folder() + "” (" + refused.text()
                        + "); give another --folder.";
            case UploadProblem.JournalOutdated outdated ->
                "--resume: the folder was made or numbered anew since " + outdated.journal()
                        + " was written, which says nothing of it any more; name a new file.";
            case UploadProblem.JournalUnwritable unwritable ->
                "--resume: " + unwritable.journal() + " could not be written (" + unwritable.detail()
                        + "), and nothing was appended after that; make room and start the same command again.";
        };
    }

    private Map<String, Object> json(UploadResult result, LoginGuard guard) {
        Map<String, Object> json = WorkReport.head(result.end());
        json.put("folder", folder);
        json.put("messages", result.messages());
        json.put("appended", result.appended());
        json.put("bytes", result.bytes());
        json.put("already", result.already());
        json.put("refused", result.refused());
        json.put("uncertain", result.uncertain());
        json.put("left", result.left());
        json.put("problem", result.problem().map(UploadCommand::words));
        WorkReport.finish(json, result.end(), guard);
        return json;
    }

    private void print(UploadResult result, Paper paper) {
        CheckReport.printSession(result.end().session(), paper);
        StringBuilder done = new StringBuilder(messages(result.appended()) + " of "
                + ProgressLines.count(result.messages()) + " appended to “" + folder + "”, "
                + ProgressLines.size(result.bytes()) + ".");
        tell(done, result.already(), "had been appended before.");
        tell(done, result.refused(), "given up.");
        tell(done, result.uncertain(), "sent without an answer, which may be there or not.");
        tell(done, result.left(), "not tried.");
        WorkReport.print(result.end(), done.toString(), paper);
    }

    private static void tell(StringBuilder done, long count, String what) {
        if (count > 0) {
            done.append(' ').append(ProgressLines.count(count)).append(' ').append(what);
        }
    }
}
