package org.posthorn.mailbox.messages;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.client.PipeliningState;
import org.posthorn.client.line.Sink;
import org.posthorn.client.pop3.Pop3Answer;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.client.pop3.Pop3Responses;
import org.posthorn.mailbox.MessageHeaders;
import org.posthorn.mailbox.Pop3Headers;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** The mailbox as it was when the session began: LIST, UIDL, TOP and RETR. */
final class Pop3Messages implements MessageReader {
    private static final String FOLDER = "INBOX";

    private final Endpoint endpoint;
    private final MailConnection connection;

    Pop3Messages(Endpoint endpoint, MailConnection connection) {
        this.endpoint = endpoint;
        this.connection = connection;
    }

    @Override
    public FolderContent latest(int most) throws FailureException {
        return connection.perform((_, transport) -> new Session(transport).latest(most));
    }

    @Override
    public boolean copy(String id, Consumer<byte[]> source) throws FailureException {
        return connection.perform((_, transport) -> new Session(transport).copy(id, source));
    }

    private final class Session {
        private final Transport transport;
        private final Pop3Pipeline pipeline;

        Session(Transport transport) {
            this.transport = transport;
            this.pipeline =
                    new Pop3Pipeline(transport, endpoint, PipeliningState.isInForce(endpoint, connection.timeline()));
        }

        FolderContent latest(int most) throws FailureException {
            SequencedMap<Integer, Long> sizes = new LinkedHashMap<>();
            listing(demand(Pop3Command.list())).forEach((number, size) -> sizes.put(number, Long.valueOf(size)));
            Map<Integer, String> ids =
                    listing(answers(List.of(Pop3Command.uidl())).getFirst());
            List<Integer> wanted =
                    sizes.sequencedKeySet().reversed().stream().limit(most).toList();
            List<MessageSummary> latest = new ArrayList<>();
            Pop3Headers.read(transport, pipeline, wanted, headers -> {
                Integer number = wanted.get(latest.size());
                latest.add(
                        summary(ids.getOrDefault(number, number.toString()), sizes.getOrDefault(number, 0L), headers));
            });
            return new FolderContent(FOLDER, sizes.size(), latest, 0);
        }

        private MessageSummary summary(String id, long size, MessageHeaders headers) {
            return new MessageSummary(
                    transport.masked(id),
                    headers.first("Date").flatMap(Pop3Messages::date),
                    transport.masked(headers.text("From")),
                    transport.masked(headers.text("Subject")),
                    transport.masked(headers.text("Message-ID")),
                    OptionalLong.of(size),
                    List.of());
        }

        boolean copy(String id, Consumer<byte[]> source) throws FailureException {
            Optional<Integer> number = number(id);
            if (number.isPresent()) {
                pipeline.run(List.of(Pop3Command.retr(number.get())), new Retrieval(source));
            }
            return number.isPresent();
        }

        private Optional<Integer> number(String id) throws FailureException {
            Pop3Answer uidl = answers(List.of(Pop3Command.uidl())).getFirst();
            if (uidl.reply().ok()) {
                return listing(uidl).entrySet().stream()
                        .filter(entry -> entry.getValue().equals(id))
                        .map(Map.Entry::getKey)
                        .findFirst();
            }
            return listing(demand(Pop3Command.list())).keySet().stream()
                    .filter(number -> number.toString().equals(id))
                    .findFirst();
        }

        private Pop3Answer demand(Pop3Command command) throws FailureException {
            Pop3Answer answer = answers(List.of(command)).getFirst();
            if (!answer.reply().ok()) {
                throw refused(answer);
            }
            return answer;
        }

        private FailureException refused(Pop3Answer answer) {
            return new FailureException(new Failure.CommandRejected(
                    transport.phase(),
                    answer.command().text().split(" ", 2)[0],
                    transport.masked(answer.reply().line())));
        }

        private List<Pop3Answer> answers(List<Pop3Command> commands) throws FailureException {
            List<Pop3Answer> answers = new ArrayList<>();
            pipeline.run(commands, answers::add);
            return answers;
        }

        private final class Retrieval implements Pop3Responses {
            private final Consumer<byte[]> source;

            Retrieval(Consumer<byte[]> source) {
                this.source = source;
            }

            @Override
            public Sink body(Pop3Command command) {
                return source::accept;
            }

            @Override
            public void answered(Pop3Answer answer) throws FailureException {
                if (!answer.reply().ok()) {
                    throw refused(answer);
                }
            }
        }
    }

    /** The lines of LIST or UIDL: a number and what belongs to it. */
    private static SequencedMap<Integer, String> listing(Pop3Answer answer) {
        SequencedMap<Integer, String> listing = new LinkedHashMap<>();
        for (String line : answer.texts()) {
            String[] words = line.strip().split(" +", 3);
            if (words.length >= 2 && isNumber(words[0])) {
                listing.put(Integer.valueOf(words[0]), words[1]);
            }
        }
        return listing;
    }

    private static boolean isNumber(String word) {
        return word.matches("[1-9]\\d{0,8}");
    }

    private static Optional<Instant> date(String field) {
        try {
            return Optional.ofNullable(new MailDateFormat().parse(field)).map(Date::toInstant);
        } catch (ParseException _) {
            return Optional.empty();
        }
    }
}
