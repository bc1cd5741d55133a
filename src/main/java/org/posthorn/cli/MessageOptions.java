package org.posthorn.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.client.smtp.DeliveryStatus;
import org.posthorn.client.smtp.DeliveryStatus.Notify;
import org.posthorn.client.smtp.DeliveryStatus.Returned;
import org.posthorn.mailbox.Attachment;
import org.posthorn.mailbox.DraftProblem;
import org.posthorn.mailbox.MessageDraft;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is sent, and to whom. */
final class MessageOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmM]?)");

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            required = true,
            description = "The sender, in the envelope and in the message.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "A recipient; give the option once for each, likewise --cc and --bcc.")
    private List<String> to = List.of();

    @Option(names = "--cc", paramLabel = "ADDRESS", description = "A recipient of a copy.")
    private List<String> cc = List.of();

    @Option(names = "--bcc", paramLabel = "ADDRESS", description = "A recipient whom the message does not name.")
    private List<String> bcc = List.of();

    @Option(names = "--subject", paramLabel = "TEXT", description = "The subject.")
    private @Nullable String subject;

    @ArgGroup(exclusive = true)
    private Body body = new Body();

    @ArgGroup(exclusive = true)
    private Attached attached = new Attached();

    @Option(
            names = "--notify",
            paramLabel = "OCCASION",
            split = ",",
            description = "Asks for notifications (DSN): success, failure, delay, or never.")
    private List<String> occasions = List.of();

    @Option(
            names = "--notify-return",
            paramLabel = "full|headers",
            description = "How much of the message a notification shall bring back.")
    private @Nullable String returned;

    @Option(names = "--envelope-id", paramLabel = "ID", description = "Comes back in each notification.")
    private @Nullable String envelopeId;

    @Option(
            names = "--original-recipient",
            description = "Names each recipient as it was typed to later servers (ORCPT).")
    private boolean originalRecipient;

    /** The text, here or in a file. */
    static final class Body {
        @Option(names = "--body", paramLabel = "TEXT", description = "The text of the message.")
        private @Nullable String text;

        @Option(names = "--body-file", paramLabel = "FILE", description = "A file with the text, in UTF-8.")
        private @Nullable Path file;

        Optional<String> read() {
            if (file == null) {
                return Optional.ofNullable(text);
            }
            try {
                return Optional.of(Files.readString(file));
            } catch (MalformedInputException _) {
                throw new UsageMistake("--body-file: the file is not text in UTF-8; send it with --attach.");
            } catch (IOException _) {
                throw new UsageMistake("--body-file names a file that cannot be read: " + file + ".");
            }
        }
    }

    /** What goes with it. */
    static final class Attached {
        @Option(names = "--attach", paramLabel = "FILE", description = "A file that goes with the message.")
        private @Nullable Path file;

        @Option(
                names = "--attach-size",
                paramLabel = "SIZE",
                description = "An attachment of so many bytes: 500, 20k, 5M.")
        private @Nullable String size;

        Optional<Attachment> attachment() {
            return file != null
                    ? Optional.of(new Attachment.File(file))
                    : Optional.ofNullable(size).map(Attached::bytes).map(Attachment.Generated::new);
        }

        private static long bytes(String typed) {
            Matcher parts = SIZE.matcher(typed);
            if (!parts.matches()) {
                throw new UsageMistake("--attach-size takes a size such as 500, 20k or 5M.");
            }
            long unit = switch (parts.group(2).toLowerCase(Locale.ROOT)) {
                case "k" -> 1024;
                case "m" -> 1024 * 1024;
                default -> 1;
            };
            return Long.parseLong(parts.group(1)) * unit;
        }
    }

    /** The message, without a problem. */
    MessageDraft draft() {
        MessageDraft plain = MessageDraft.of(from, to).withCopies(cc, bcc).withStatus(status());
        MessageDraft titled = subject == null ? plain : plain.withSubject(subject);
        MessageDraft draft = body.read().map(titled::withBody).orElse(titled).withAttachment(attached.attachment());
        draft.problems().stream().findFirst().ifPresent(problem -> {
            throw new UsageMistake(option(problem) + ": " + problem.sentence());
        });
        return draft;
    }

    private DeliveryStatus status() {
        Set<Notify> chosen = new LinkedHashSet<>();
        for (String word : occasions) {
            chosen.add(ServerOptions.choice(
                    "--notify",
                    word,
                    Arrays.asList(Notify.values()),
                    occasion -> occasion.name().toLowerCase(Locale.ROOT)));
        }
        return new DeliveryStatus(
                Optional.ofNullable(returned).map(MessageOptions::part),
                Optional.ofNullable(envelopeId),
                chosen,
                originalRecipient);
    }

    private static Returned part(String word) {
        return switch (word) {
            case "full" -> Returned.FULL;
            case "headers" -> Returned.HDRS;
            default -> throw new UsageMistake("--notify-return takes full or headers.");
        };
    }

    private String option(DraftProblem problem) {
        return switch (problem.field()) {
            case FROM -> "--from";
            case TO -> "--to";
            case CC -> "--cc";
            case BCC -> "--bcc";
            case SUBJECT -> "--subject";
            case ATTACHMENT -> attached.file == null ? "--attach-size" : "--attach";
            case NOTIFICATION -> "--notify";
        };
    }
}
