package org.posthorn.mailbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthorn.client.Capabilities;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.ImapAnswer;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** The inbox over IMAP, and the folder for junk where the server names one (RFC 6154). It reads by EXAMINE and BODY.PEEK. */
final class ImapMailbox implements Mailbox {
    private static final Pattern SEARCH = Pattern.compile("(?i)\\* SEARCH ([\\d ]+)");
    private static final Pattern JUNK =
            Pattern.compile("(?i)\\* LIST \\([^)]*\\\\Junk\\b[^)]*\\) (?:\"[^\"]*\"|NIL) (.+)");

    private final MailConnection connection;
    private final Function<Transport, ImapPipeline> pipelines;
    private final boolean uidplus;
    private Optional<Set<String>> folders = Optional.empty();

    ImapMailbox(MailConnection connection, Function<Transport, ImapPipeline> pipelines) {
        this.connection = connection;
        this.pipelines = pipelines;
        this.uidplus = Capabilities.inForce(connection.timeline()).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .anyMatch(name -> name.equals("UIDPLUS") || name.equals("IMAP4REV2"));
    }

    @Override
    public Optional<FoundMessage> look(MessageMark mark, Optional<Deletion> kept) throws FailureException {
        return connection.perform((_, transport) -> {
            ImapPipeline pipeline = pipelines.apply(transport);
            for (String folder : folders(pipeline)) {
                Optional<FoundMessage> found = new Look(pipeline, folder, mark).run(kept);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        });
    }

    /** Asked for once: a server that does not know LIST's answer by attributes has its inbox alone. */
    private Set<String> folders(ImapPipeline pipeline) throws FailureException {
        if (folders.isEmpty()) {
            Set<String> names = new LinkedHashSet<>(List.of("INBOX"));
            for (ImapAnswer answer : answers(pipeline, "LIST \"\" \"*\"")) {
                answer.reply().untagged().stream()
                        .map(JUNK::matcher)
                        .filter(Matcher::matches)
                        .map(list -> list.group(1))
                        .forEach(names::add);
            }
            folders = Optional.of(names);
        }
        return folders.get();
    }

    private static List<ImapAnswer> answers(ImapPipeline pipeline, String... commands) throws FailureException {
        List<ImapAnswer> answers = new ArrayList<>();
        pipeline.run(Stream.of(commands).map(ImapCommand::new).toList(), answers::add);
        return answers;
    }

    private final class Look {
        private final ImapPipeline pipeline;
        private final String folder;
        private final MessageMark mark;

        Look(ImapPipeline pipeline, String folder, MessageMark mark) {
            this.pipeline = pipeline;
            this.folder = folder;
            this.mark = mark;
        }

        Optional<FoundMessage> run(Optional<Deletion> kept) throws FailureException {
            demand("EXAMINE " + folder);
            String search = "UID SEARCH OR HEADER " + MessageMark.HEADER + " \"" + mark.mark()
                    + "\" HEADER Message-ID \"" + mark.messageId() + "\"";
            for (String uid : uids(demand(search))) {
                MessageHeaders headers = headers(demand("UID FETCH " + uid + " (BODY.PEEK[HEADER])"));
                if (mark.isIn(headers)) {
                    Deletion deletion = kept.isPresent() ? kept.get() : delete(uid);
                    return Optional.of(new FoundMessage(folder, Hop.of(headers), deletion));
                }
            }
            return Optional.empty();
        }

        private ImapAnswer demand(String command) throws FailureException {
            ImapAnswer answer = answers(pipeline, command).getFirst();
            if (!answer.reply().isOk()) {
                throw new FailureException(new Failure.CommandRejected(
                        connection.timeline().records().getLast().phase(),
                        command.replaceFirst("^(UID \\w+|\\w+).*", "$1"),
                        answer.reply().tagged()));
            }
            return answer;
        }

        private static List<String> uids(ImapAnswer answer) {
            return answer.reply().untagged().stream()
                    .map(SEARCH::matcher)
                    .filter(Matcher::matches)
                    .flatMap(found -> Stream.of(found.group(1).strip().split(" +", -1)))
                    .toList();
        }

        /** The literal is part of the line that it ends. */
        private static MessageHeaders headers(ImapAnswer answer) {
            return answer.reply().untagged().stream()
                    .filter(line -> line.contains("BODY[HEADER]"))
                    .map(line -> line.substring(line.indexOf('\n') + 1).lines().toList())
                    .map(MessageHeaders::of)
                    .findFirst()
                    .orElse(new MessageHeaders(List.of()));
        }

        private Deletion delete(String uid) throws FailureException {
            demand("SELECT " + folder);
            String store = "UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)";
            List<ImapAnswer> answers =
                    uidplus ? answers(pipeline, store, "UID EXPUNGE " + uid) : answers(pipeline, store);
            // Leaves the folder without removing what others have marked.
            answers(pipeline, "EXAMINE " + folder);
            if (!answers.stream().allMatch(answer -> answer.reply().isOk())) {
                return Deletion.REFUSED;
            }
            return uidplus ? Deletion.DELETED : Deletion.MARKED;
        }
    }
}
