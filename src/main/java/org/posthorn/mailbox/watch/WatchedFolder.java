package org.posthorn.mailbox.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.ImapIdle;
import org.posthorn.client.imap.ImapReply;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.MessageHeaders;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.mailbox.imap.InternalDate;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** The folder that is watched, over one connection. */
final class WatchedFolder {
    private static final Pattern SEARCH = Pattern.compile("(?i)\\* SEARCH([\\d ]*)");
    private static final String FIELDS = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID)]";

    /** A reply has an upper limit, and so many headers stay far below it. */
    private static final int MOST_AT_ONCE = 100;

    private final MailboxName name;
    private final ImapFolder imap;
    private final ImapIdle idle;
    private final Transport transport;

    WatchedFolder(
            MailboxName name,
            Endpoint endpoint,
            MailConnection connection,
            Transport transport,
            ScheduledExecutorService timer) {
        this.name = name;
        this.transport = transport;
        this.imap = new ImapFolder(endpoint, connection, transport);
        this.idle = new ImapIdle(transport, endpoint.timeouts(), timer);
    }

    /** Opens the folder for reading; everything in it is taken as known. */
    Position open() throws FailureException {
        ImapFolder.Examined now = imap.examine(name);
        return new Position(now.validity(), now.next() > 0 ? now.next() : next(now), now.messages(), 0);
    }

    /** From a server that does not say UIDNEXT. */
    private long next(ImapFolder.Examined now) throws FailureException {
        return now.messages() == 0
                ? 1
                : uids(imap.demand("UID SEARCH UID 1:*"))
                                .max(Comparator.naturalOrder())
                                .orElse(0L)
                        + 1;
    }

    List<String> idle(Duration atMost) throws FailureException {
        return idle.await(atMost);
    }

    List<String> poll() throws FailureException {
        return imap.demand("NOOP").untagged();
    }

    /**
     * Tells of the messages that are not known, the oldest first, until there are no more.
     *
     * @param told hears of each position as soon as it is reached
     */
    void news(Position from, Consumer<Arrival> arrived, Consumer<Position> told) throws FailureException {
        Position position = from;
        boolean more = position.messages() > 0;
        while (more) {
            ImapReply search = imap.demand("UID SEARCH UID " + position.next() + ":*");
            Position seen = after(position, search);
            List<Long> unknown = uids(search)
                    .filter(uid -> uid >= seen.next())
                    .sorted()
                    .distinct()
                    .toList();
            position = seen;
            told.accept(position);
            for (int start = 0; start < unknown.size(); start += MOST_AT_ONCE) {
                List<Long> uids = unknown.subList(start, Math.min(unknown.size(), start + MOST_AT_ONCE));
                ImapReply fetch =
                        imap.demand("UID FETCH " + set(uids) + " (UID RFC822.SIZE INTERNALDATE " + FIELDS + ")");
                position = after(position, fetch);
                for (Arrival arrival : arrivals(fetch, uids)) {
                    arrived.accept(arrival);
                    position = position.after(arrival);
                    told.accept(position);
                }
                // What was removed before it could be fetched is known all the same.
                position = new Position(
                        position.validity(),
                        Math.max(position.next(), uids.getLast() + 1),
                        position.messages(),
                        position.removed());
                told.accept(position);
            }
            more = !unknown.isEmpty();
        }
    }

    private static Position after(Position position, ImapReply reply) {
        Position now = position;
        for (String line : reply.untagged()) {
            now = now.after(line);
        }
        return now;
    }

    private static String set(List<Long> uids) {
        return String.join(",", uids.stream().map(String::valueOf).toList());
    }

    private static Stream<Long> uids(ImapReply reply) {
        return reply.untagged().stream()
                .map(SEARCH::matcher)
                .filter(Matcher::matches)
                .flatMap(search -> Stream.of(search.group(1).strip().split(" +", -1)))
                .filter(number -> number.matches("\\d{1,10}"))
                .map(Long::valueOf);
    }

    private List<Arrival> arrivals(ImapReply fetch, List<Long> wanted) {
        List<Arrival> arrivals = new ArrayList<>();
        for (String line : fetch.untagged()) {
            ImapFolder.fetched(line)
                    .flatMap(this::arrival)
                    .filter(arrival -> wanted.contains(arrival.uid()))
                    .ifPresent(arrivals::add);
        }
        arrivals.sort(Comparator.comparingLong(Arrival::uid));
        return arrivals;
    }

    private Optional<Arrival> arrival(ImapValue.Group message) {
        Optional<Long> uid = message.of("UID").flatMap(ImapValue::number);
        Optional<Long> bytes = message.of("RFC822.SIZE").flatMap(ImapValue::number);
        return uid.isEmpty() || bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(arrival(uid.get(), bytes.get(), message));
    }

    private Arrival arrival(long uid, long bytes, ImapValue.Group message) {
        MessageHeaders headers = MessageHeaders.of(message.startingWith("BODY[HEADER")
                .map(ImapValue::text)
                .orElse("")
                .lines()
                .toList());
        return new Arrival(
                uid,
                bytes,
                message.of("INTERNALDATE").map(ImapValue::text).flatMap(InternalDate::parse),
                field(headers, "From"),
                field(headers, "Subject"),
                field(headers, "Message-ID"));
    }

    private String field(MessageHeaders headers, String field) {
        return transport.masked(headers.text(field));
    }
}
