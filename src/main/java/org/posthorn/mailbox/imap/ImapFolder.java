package org.posthorn.mailbox.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.client.PipeliningState;
import org.posthorn.client.imap.ImapAnswer;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.client.imap.ImapReply;
import org.posthorn.client.imap.ImapResponses;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.client.line.Sink;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** What is asked of a folder over one connection; it looks by EXAMINE, which changes nothing. */
public final class ImapFolder {
    private static final Pattern LIST = Pattern.compile("(?i)\\* LIST (.*)", Pattern.DOTALL);
    private static final Pattern EXISTS = Pattern.compile("(?i)\\* (\\d{1,10}) EXISTS.*");
    private static final Pattern CODE = Pattern.compile("(?i)\\* OK \\[(UIDVALIDITY|UIDNEXT) (\\d{1,10})].*");

    private final Transport transport;
    private final ImapPipeline pipeline;

    /** On a connection that is at hand. */
    public ImapFolder(Endpoint endpoint, MailConnection connection, Transport transport) {
        this.transport = transport;
        this.pipeline =
                new ImapPipeline(transport, endpoint, PipeliningState.isInForce(endpoint, connection.timeline()));
    }

    /**
     * A folder as EXAMINE shows it.
     *
     * @param validity UIDVALIDITY: while it stays, a UID means the same message (RFC 9051 §2.3.1.1)
     * @param next UIDNEXT: no UID from here on is given away yet; zero where the server does not say
     */
    public record Examined(long messages, long validity, long next) {}

    /** A folder by the name that the server uses and the one that a person is shown, which holds no secret. */
    public record Named(MailboxName name, String shown) {}

    /** The folders that hold messages, INBOX first and the others as the server lists them. */
    public List<Named> list() throws FailureException {
        List<Named> names = new ArrayList<>();
        for (String line : demand("LIST \"\" \"*\"").untagged()) {
            listed(line).ifPresent(name -> {
                boolean inbox = name.wire().equalsIgnoreCase("INBOX");
                names.add(inbox ? 0 : names.size(), named(name));
            });
        }
        return names.stream().distinct().toList();
    }

    private Named named(MailboxName name) {
        return new Named(name, transport.masked(name.text()));
    }

    private static Optional<MailboxName> listed(String line) {
        Matcher list = LIST.matcher(line);
        List<ImapValue> values = list.matches() ? ImapValue.in(list.group(1)) : List.of();
        if (values.size() < 3 || !(values.getFirst() instanceof ImapValue.Group attributes)) {
            return Optional.empty();
        }
        boolean holdsNone = attributes.words().stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .anyMatch(word -> word.equals("\\noselect") || word.equals("\\nonexistent"));
        return holdsNone
                ? Optional.empty()
                : Optional.of(new MailboxName(values.get(2).text()));
    }

    /** Opens it for reading alone. */
    public Examined examine(MailboxName name) throws FailureException {
        long messages = 0;
        long validity = 0;
        long next = 0;
        for (String line : demand("EXAMINE " + name.argument()).untagged()) {
            Matcher exists = EXISTS.matcher(line);
            Matcher code = CODE.matcher(line);
            if (exists.matches()) {
                messages = Long.parseLong(exists.group(1));
            } else if (code.matches() && code.group(1).equalsIgnoreCase("UIDNEXT")) {
                next = Long.parseLong(code.group(2));
            } else if (code.matches()) {
                validity = Long.parseLong(code.group(2));
            }
        }
        return new Examined(messages, validity, next);
    }

    /** The attributes in the FETCH responses to a command. */
    public List<ImapValue.Group> fetch(String command) throws FailureException {
        return demand(command).untagged().stream()
                .flatMap(line -> fetched(line).stream())
                .toList();
    }

    /** Gives on the attributes in the FETCH responses to a command, as they come. */
    public void each(String command, Consumer<ImapValue.Group> attributes) throws FailureException {
        List<ImapAnswer> answers = new ArrayList<>();
        ImapResponses responses = new ImapResponses() {
            @Override
            public Optional<Sink> literal(String line, long size) {
                return Optional.empty();
            }

            @Override
            public void untagged(String line) {
                fetched(line).ifPresent(attributes);
            }
        };
        pipeline.run(List.of(new ImapCommand(command)), responses, answers::add);
        demanded(command, answers.getFirst().reply());
    }

    public ImapPipeline pipeline() {
        return pipeline;
    }

    /** The attributes of a FETCH response; absent when the line is another. */
    public static Optional<ImapValue.Group> fetched(String line) {
        List<ImapValue> values = ImapValue.in(line);
        boolean fetch = values.size() >= 4 && values.get(2).text().equalsIgnoreCase("FETCH");
        return fetch && values.get(3) instanceof ImapValue.Group attributes
                ? Optional.of(attributes)
                : Optional.empty();
    }

    /** The UIDs at every so many messages, and behind them the end of all: ranges that hold as many messages each. */
    public List<UidRange> ranges(Examined folder, int size) throws FailureException {
        if (folder.messages() == 0) {
            return List.of();
        }
        List<Long> starts = new ArrayList<>(List.of(1L));
        String numbers = Stream.iterate(size + 1L, number -> number <= folder.messages(), number -> number + size)
                .map(String::valueOf)
                .reduce((left, right) -> left + "," + right)
                .orElse("");
        if (!numbers.isEmpty()) {
            fetch("FETCH " + numbers + " (UID)").stream()
                    .flatMap(attributes -> attributes.of("UID").flatMap(ImapValue::number).stream())
                    .filter(uid -> uid > 1)
                    .sorted()
                    .distinct()
                    .forEach(starts::add);
        }
        List<UidRange> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            long end = i + 1 < starts.size() ? starts.get(i + 1) - 1 : UidRange.LARGEST;
            ranges.add(new UidRange(starts.get(i), end));
        }
        return ranges;
    }

    /** The reply to a command that has to work. */
    public ImapReply demand(String command) throws FailureException {
        List<ImapAnswer> answers = new ArrayList<>();
        pipeline.run(List.of(new ImapCommand(command)), answers::add);
        return demanded(command, answers.getFirst().reply());
    }

    private ImapReply demanded(String command, ImapReply reply) throws FailureException {
        if (!reply.isOk()) {
            throw new FailureException(new Failure.CommandRejected(
                    transport.phase(), command.replaceFirst("^(UID \\w+|\\w+).*", "$1"), reply.tagged()));
        }
        return reply;
    }
}
