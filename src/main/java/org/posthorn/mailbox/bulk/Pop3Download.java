package org.posthorn.mailbox.bulk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.WeakHashMap;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.client.PipeliningState;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.client.line.Sink;
import org.posthorn.client.pop3.Pop3Answer;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.client.pop3.Pop3Responses;
import org.posthorn.mailbox.archive.ArchiveFolder;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Finds out what a POP3 mailbox holds and divides it into batches. A message is known by the name that the server gives it (UIDL,
 * RFC 1939 §7), its number is each session's own.
 */
final class Pop3Download {
    private static final int MESSAGES_OF_A_BATCH = 50;
    private static final long BYTES_OF_A_BATCH = 2_000_000;

    /** Of the list of all messages: some hundred thousand lines. */
    private static final int LONGEST_LIST = 32 * 1024 * 1024;

    private final Endpoint endpoint;
    private final DownloadOptions options;
    private final Downloading downloading;
    private final ImapFolder.Named inbox = new ImapFolder.Named(new MailboxName("INBOX"), "INBOX");

    /** The numbers of the messages by their keys, for each session. */
    private final Map<MailConnection, SequencedMap<String, Integer>> numbers =
            Collections.synchronizedMap(new WeakHashMap<>());

    Pop3Download(Endpoint endpoint, DownloadOptions options, Downloading downloading) {
        this.endpoint = endpoint;
        this.options = options;
        this.downloading = downloading;
    }

    Downloading downloading() {
        return downloading;
    }

    ImapFolder.Named inbox() {
        return inbox;
    }

    long largest() {
        return options.largest();
    }

    Job listing() {
        return new Listing();
    }

    Pop3Pipeline over(MailConnection connection, Transport transport) {
        return new Pop3Pipeline(transport, endpoint, PipeliningState.isInForce(endpoint, connection.timeline()));
    }

    /** The numbers in the session of this connection, asked for once. */
    SequencedMap<String, Integer> numbers(MailConnection connection, Transport transport) throws FailureException {
        SequencedMap<String, Integer> known = numbers.get(connection);
        if (known == null) {
            known = Pop3Keys.of(list(connection, transport, Pop3Command.uidl()));
            numbers.put(connection, known);
        }
        return known;
    }

    /** The lines behind a reply that has to be a yes. */
    private List<String> list(MailConnection connection, Transport transport, Pop3Command command)
            throws FailureException {
        Listed listed = new Listed(transport);
        over(connection, transport).run(List.of(command), listed);
        return listed.lines.toString().lines().toList();
    }

    /** A list within a limit. */
    private static final class Listed implements Pop3Responses {
        private final Transport transport;
        private final StringBuilder lines = new StringBuilder();

        Listed(Transport transport) {
            this.transport = transport;
        }

        @Override
        public Sink body(Pop3Command command) {
            return piece -> {
                lines.append(new String(piece, StandardCharsets.ISO_8859_1));
                if (lines.length() > LONGEST_LIST) {
                    throw new FailureException(new Failure.TooMuchReceived(transport.phase(), "a list", LONGEST_LIST));
                }
            };
        }

        @Override
        public void answered(Pop3Answer answer) throws FailureException {
            if (!answer.reply().ok()) {
                throw new FailureException(new Failure.CommandRejected(
                        transport.phase(),
                        answer.command().text(),
                        answer.reply().line()));
            }
        }
    }

    /** Finds out which messages there are. */
    private final class Listing implements Job {
        private boolean counted;

        @Override
        public String part() {
            return "the list of messages";
        }

        @Override
        public List<Job> run(MailConnection connection) throws FailureException {
            return connection.perform((_, transport) -> {
                SequencedMap<String, Integer> all = numbers(connection, transport);
                Map<Integer, Long> sizes = Pop3Keys.sizes(list(connection, transport, Pop3Command.list()));
                ArchiveFolder place = downloading.folder(inbox, 0);
                downloading.onDisk(transport.phase(), () -> {
                    place.open();
                    return place;
                });
                SequencedMap<String, Long> wanted = new LinkedHashMap<>();
                all.forEach((key, number) -> {
                    if (!place.holds(key)) {
                        wanted.put(key, sizes.getOrDefault(number, 0L));
                    }
                });
                count(all.size(), wanted.size());
                return jobs(transport, place, wanted);
            });
        }

        private void count(int all, int wanted) {
            if (!counted) {
                counted = true;
                downloading.board().change(now -> now.expecting(all));
                downloading.alreadyThere(inbox, all - wanted);
            }
        }

        private List<Job> jobs(Transport transport, ArchiveFolder place, SequencedMap<String, Long> wanted) {
            List<Job> jobs = new ArrayList<>();
            List<String> batch = new ArrayList<>();
            long bytes = 0;
            for (Map.Entry<String, Long> message : wanted.entrySet()) {
                if (message.getValue() > largest()) {
                    jobs.add(tooLarge(transport, place, message.getKey(), message.getValue()));
                    continue;
                }
                bytes += message.getValue();
                if (batch.size() == MESSAGES_OF_A_BATCH || (!batch.isEmpty() && bytes > BYTES_OF_A_BATCH)) {
                    jobs.add(new Pop3Batch(Pop3Download.this, place, batch));
                    batch.clear();
                    bytes = message.getValue();
                }
                batch.add(message.getKey());
            }
            if (!batch.isEmpty()) {
                jobs.add(new Pop3Batch(Pop3Download.this, place, batch));
            }
            return jobs;
        }

        private Job tooLarge(Transport transport, ArchiveFolder place, String key, long size) {
            Pop3Batch one = new Pop3Batch(Pop3Download.this, place, List.of(key));
            String reason = "its " + size + " bytes are more than the " + largest() + " that are allowed for a message";
            return new Refused(one.part(), new Failure.CommandRejected(transport.phase(), "RETR", reason), one::giveUp);
        }

        @Override
        public void giveUp(Failure failure) {
            downloading.change(inbox, folder -> folder.withFailure(failure));
        }
    }
}
