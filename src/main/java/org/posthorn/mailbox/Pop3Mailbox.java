package org.posthorn.mailbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.posthorn.client.MailConnection;
import org.posthorn.client.pop3.Pop3Answer;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * The mailbox of one POP3 session, which shows what had arrived when it began. Only the headers of the latest messages are
 * read, and of each only once where the server names its messages (UIDL).
 */
final class Pop3Mailbox implements Mailbox {
    private static final int LATEST = 50;

    private final MailConnection connection;
    private final Function<Transport, Pop3Pipeline> pipelines;
    private final Set<String> known;

    /**
     * For one session.
     *
     * @param known the names of the messages that earlier sessions have read; those of this one are added
     */
    Pop3Mailbox(MailConnection connection, Function<Transport, Pop3Pipeline> pipelines, Set<String> known) {
        this.connection = connection;
        this.pipelines = pipelines;
        this.known = known;
    }

    /** What is deleted is gone once the session has ended in order (RFC 1939 §6). */
    @Override
    public Optional<FoundMessage> look(MessageMark mark, Optional<Deletion> kept) throws FailureException {
        return connection.perform((_, transport) -> {
            List<Integer> unread = unread(transport);
            List<MessageHeaders> tops = new ArrayList<>();
            Pop3Headers.read(transport, pipelines.apply(transport), unread, tops::add);
            for (int i = 0; i < tops.size(); i++) {
                MessageHeaders headers = tops.get(i);
                if (mark.isIn(headers)) {
                    Deletion deletion = kept.isPresent() ? kept.get() : delete(transport, unread.get(i));
                    return Optional.of(new FoundMessage("INBOX", Hop.of(headers), deletion));
                }
            }
            return Optional.empty();
        });
    }

    /** The numbers of the latest messages that have not been read, the newest first. */
    private List<Integer> unread(Transport transport) throws FailureException {
        Pop3Answer stat = answers(transport, List.of(Pop3Command.stat())).getFirst();
        int count = count(transport, stat);
        Set<Integer> old = old(answers(transport, List.of(Pop3Command.uidl())).getFirst());
        return IntStream.iterate(count, message -> message > Math.max(0, count - LATEST), message -> message - 1)
                .boxed()
                .filter(message -> !old.contains(message))
                .toList();
    }

    private static int count(Transport transport, Pop3Answer stat) throws FailureException {
        String[] words = stat.reply().line().strip().split(" +", 3);
        if (!stat.reply().ok()) {
            throw new FailureException(new Failure.CommandRejected(
                    transport.phase(), "STAT", stat.reply().line()));
        }
        if (words.length < 2 || !words[1].matches("\\d{1,9}")) {
            throw new FailureException(new Failure.ProtocolViolation(
                    transport.phase(),
                    "an answer to STAT without a number",
                    stat.reply().line()));
        }
        return Integer.parseInt(words[1]);
    }

    private Set<Integer> old(Pop3Answer uidl) {
        Set<Integer> old = new HashSet<>();
        for (String line : uidl.texts()) {
            String[] words = line.strip().split(" +", 2);
            if (words.length == 2 && words[0].matches("\\d{1,9}") && !known.add(words[1])) {
                old.add(Integer.valueOf(words[0]));
            }
        }
        return old;
    }

    private Deletion delete(Transport transport, int message) throws FailureException {
        Pop3Answer answer =
                answers(transport, List.of(Pop3Command.dele(message))).getFirst();
        return answer.reply().ok() ? Deletion.DELETED : Deletion.REFUSED;
    }

    private List<Pop3Answer> answers(Transport transport, List<Pop3Command> commands) throws FailureException {
        List<Pop3Answer> answers = new ArrayList<>();
        pipelines.apply(transport).run(commands, answers::add);
        return answers;
    }
}
