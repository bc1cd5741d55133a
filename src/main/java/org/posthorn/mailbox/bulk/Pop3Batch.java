package org.posthorn.mailbox.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.posthorn.client.MailConnection;
import org.posthorn.client.line.Sink;
import org.posthorn.client.pop3.Pop3Answer;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Responses;
import org.posthorn.mailbox.archive.ArchiveFolder;
import org.posthorn.mailbox.archive.Arrival;
import org.posthorn.mailbox.archive.Spool;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Downloads some messages of a POP3 mailbox; one in which the connection was lost is done again in halves. */
final class Pop3Batch implements Job {
    private final Pop3Download download;
    private final ArchiveFolder place;
    private final List<String> keys;
    private boolean attempted;

    Pop3Batch(Pop3Download download, ArchiveFolder place, List<String> keys) {
        this.download = download;
        this.place = place;
        this.keys = new ArrayList<>(keys);
    }

    @Override
    public String part() {
        return download.inbox().shown() + (keys.size() == 1 ? ", a message" : ", " + keys.size() + " messages");
    }

    @Override
    public List<Job> run(MailConnection connection) throws FailureException {
        keys.removeIf(place::holds);
        if (attempted && keys.size() > 1) {
            int middle = keys.size() / 2;
            return List.of(
                    new Pop3Batch(download, place, keys.subList(0, middle)),
                    new Pop3Batch(download, place, keys.subList(middle, keys.size())));
        }
        return connection.perform((_, transport) -> {
            SequencedMap<String, Integer> numbers = download.numbers(connection, transport);
            attempted = true;
            Map<Pop3Command, String> commands = commands(numbers);
            try (Retrieval retrieval = new Retrieval(transport, commands)) {
                download.over(connection, transport).run(List.copyOf(commands.keySet()), retrieval);
                return retrieval.refused;
            }
        });
    }

    /** Those that are in this session; the others are gone. */
    private Map<Pop3Command, String> commands(SequencedMap<String, Integer> numbers) {
        Map<Pop3Command, String> commands = new LinkedHashMap<>();
        int all = keys.size();
        keys.removeIf(key -> !numbers.containsKey(key));
        download.downloading().change(download.inbox(), folder -> folder.withGone(all - keys.size()));
        keys.forEach(key -> commands.put(Pop3Command.retr(Objects.requireNonNull(numbers.get(key))), key));
        return commands;
    }

    /** Takes the messages as they come. */
    private final class Retrieval implements Pop3Responses, AutoCloseable {
        private final Transport transport;
        private final Map<Pop3Command, String> commands;
        private final List<Job> refused = new ArrayList<>();
        private Optional<Spool> spool = Optional.empty();

        Retrieval(Transport transport, Map<Pop3Command, String> commands) {
            this.transport = transport;
            this.commands = commands;
        }

        @Override
        public Sink body(Pop3Command command) {
            Spool fresh = download.downloading().spool();
            spool = Optional.of(fresh);
            return piece -> {
                if (fresh.size() + piece.length > download.largest()) {
                    throw new FailureException(
                            new Failure.TooMuchReceived(transport.phase(), "a message", download.largest()));
                }
                download.downloading().onDisk(transport.phase(), () -> {
                    fresh.write(piece);
                    return fresh;
                });
            };
        }

        @Override
        public void answered(Pop3Answer answer) throws FailureException {
            String key = Objects.requireNonNull(commands.get(answer.command()));
            if (spool.isPresent()) {
                Arrival arrival = new Arrival(key, Optional.empty(), Optional.empty());
                download.downloading().store(transport.phase(), download.inbox(), place, arrival, spool.get());
            } else {
                Pop3Batch one = new Pop3Batch(download, place, List.of(key));
                refused.add(new Refused(
                        one.part(),
                        new Failure.CommandRejected(
                                transport.phase(),
                                "RETR",
                                transport.masked(answer.reply().line())),
                        one::giveUp));
            }
            close();
        }

        @Override
        public void close() throws FailureException {
            if (spool.isPresent()) {
                Spool last = spool.get();
                spool = Optional.empty();
                download.downloading().onDisk(transport.phase(), () -> {
                    last.close();
                    return last;
                });
            }
        }
    }

    @Override
    public void giveUp(Failure failure) {
        download.downloading().change(download.inbox(), folder -> folder.withFailure(failure));
    }
}
