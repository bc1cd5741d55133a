package org.posthorn.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.archive.ArchiveProblem;
import org.posthorn.mailbox.archive.MessageFile;
import org.posthorn.mailbox.messages.MessageReader;
import org.posthorn.timeline.FailureException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code posthorn messages}: the latest messages of a folder, or one of them into a file. */
@Command(
        name = "messages",
        description = {
            "Lists the latest messages of a folder by IMAP, or of a mailbox by POP3: date, size, sender and subject.",
            "With --save it writes one of them to a file, as it is stored. It changes nothing: by IMAP no message"
                    + " becomes read; a POP3 server may mark what is retrieved."
        },
        customSynopsis = "posthorn messages --imap HOST[:PORT] | --pop3 HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "For example: posthorn messages --imap mail.example.org --user alice --password-env MAIL_PASSWORD --newest"
                    + " 5",
            "             posthorn messages --save 4711 --to message.eml --imap mail.example.org ...",
            "",
            "--json prints schema, endpoint, outcome (ready, failed, cancelled), folder, messages, latest (id, date,"
                + " from, subject, messageId, bytes, flags), unreadable, saved (id, file, bytes; null without --save),"
                + " problem (why it could not be saved), session and findings."
        })
final class MessagesCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Console console;
    private final Interruption interruption;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--folder", paramLabel = "NAME", description = "The folder, INBOX by default; POP3 has no other.")
    private String folder = MessagesReport.INBOX;

    @Option(
            names = "--newest",
            paramLabel = "N",
            description = "How many messages are listed at most, 1 to 10000; 20 by default.")
    private int newest = 20;

    @Option(
            names = "--save",
            paramLabel = "ID",
            description = "Writes this message to the file of --to and lists nothing: its ID stands in the list.")
    private @Nullable String save;

    @Option(names = "--to", paramLabel = "FILE", description = "The file for --save; one that exists is not touched.")
    private @Nullable String to;

    MessagesCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        if ((save == null) != (to == null)) {
            throw new UsageMistake("--save ID and --to FILE go together.");
        }
        FolderName.check(folder);
        if (newest < 1 || newest > MOST) {
            throw new UsageMistake("--newest takes a number from 1 to " + MOST + ".");
        }
        HeavyWork work = HeavyWork.of(console, interruption, options, output, Protocol.IMAP);
        complain(work.endpoint());
        MessagesReport report = new MessagesReport(console, output.json());
        if (save == null || to == null) {
            return run(work, report, this::list);
        }
        try (MessageFile file = MessageFile.create(to)) {
            String id = save;
            return run(work, report, reader -> save(reader, id, file));
        } catch (ArchiveProblem problem) {
            throw new UsageMistake("--to: " + problem.getMessage());
        }
    }

    private void complain(Endpoint endpoint) {
        if (endpoint.protocol() == Protocol.SMTP) {
            throw new UsageMistake("messages are read by IMAP or POP3: give --imap or --pop3 HOST[:PORT], or an"
                    + " --account that has one.");
        }
        if (endpoint.protocol() == Protocol.POP3 && !folder.equalsIgnoreCase(MessagesReport.INBOX)) {
            throw new UsageMistake("--folder goes with IMAP: POP3 knows one mailbox.");
        }
    }

    private interface Content {
        MessagesReport.Read of(MessageReader reader) throws FailureException;
    }

    private int run(HeavyWork work, MessagesReport report, Content content) {
        return work.run(
                client -> Reading.over(
                        client,
                        interruption.cancellation(),
                        mail -> content.of(MessageReader.of(client.endpoint(), mail, MailboxName.of(folder)))),
                Reading::session,
                MessagesReport::exitCode,
                report::show);
    }

    private MessagesReport.Read list(MessageReader reader) throws FailureException {
        return new MessagesReport.Listed(reader.latest(newest));
    }

    private static MessagesReport.Read save(MessageReader reader, String id, MessageFile file) throws FailureException {
        if (!reader.copy(id, file::write)) {
            return new MessagesReport.NotThere(id);
        }
        try {
            file.keep();
            return new MessagesReport.Saved(id, file.file().toString(), file.size());
        } catch (ArchiveProblem problem) {
            return new MessagesReport.NotSaved(problem);
        }
    }
}
