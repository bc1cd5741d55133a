package org.posthorn.mailbox.bulk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.ImapAnswer;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.mailbox.imap.InternalDate;
import org.posthorn.mailbox.imap.UidRange;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Downloads the messages of a range of UIDs, several by one command and several commands at once. What came is kept; a range in
 * which the connection was lost is done again in halves, so that a message that ends every connection keeps no other away.
 */
final class ImapRange implements Job {
    private static final int MESSAGES_OF_A_COMMAND = 50;
    private static final long BYTES_OF_A_COMMAND = 1_000_000;

    private final ImapDownload download;
    private final ImapDownload.Place place;
    private final UidRange range;
    private boolean counted;

    /** Told of once nothing else is missing; a loss of the connection forgets none. */
    private final SequencedMap<Long, Job> tooLarge = new TreeMap<>();

    private boolean attempted;

    /** The messages that are still to come, by their UIDs, once the server has listed them. */
    private SequencedMap<Long, Listed> wanted = new TreeMap<>();

    ImapRange(ImapDownload download, ImapDownload.Place place, UidRange range) {
        this.download = download;
        this.place = place;
        this.range = range;
    }

    /** A message before it comes. */
    record Listed(long size, Optional<Instant> date, Optional<List<String>> flags) {
        static Listed of(ImapValue.Group message) {
            return new Listed(
                    message.of("RFC822.SIZE").flatMap(ImapValue::number).orElse(0L),
                    message.of("INTERNALDATE").map(ImapValue::text).flatMap(InternalDate::parse),
                    message.of("FLAGS")
                            .filter(ImapValue.Group.class::isInstance)
                            .map(flags -> ((ImapValue.Group) flags).words()));
        }
    }

    @Override
    public String part() {
        return place.name().shown() + (range.from() == range.to() ? ", UID " + range.from() : ", UIDs " + range.set());
    }

    @Override
    public List<Job> run(MailConnection connection) throws FailureException {
        return connection.perform((_, transport) -> fetch(connection, transport, download.over(connection, transport)));
    }

    /** On a connection that nothing else is done on. */
    List<Job> fetch(MailConnection connection, Transport transport, ImapFolder imap) throws FailureException {
        wanted.keySet().removeIf(uid -> place.archived().holds(key(uid)));
        List<Job> more = attempted && wanted.size() > 1 ? halves() : fetched(connection, transport, imap);
        download.partDone(place, more.size());
        return more;
    }

    private List<Job> fetched(MailConnection connection, Transport transport, ImapFolder imap) throws FailureException {
        download.open(place, connection, imap, transport.phase());
        wanted = listed(imap, range.set());
        count();
        tooLarge.clear();
        takeTooLarge(transport);
        attempted = true;
        Optional<String> refusal = bodies(transport, imap);
        return wanted.isEmpty() ? List.copyOf(tooLarge.values()) : afterMissing(transport, imap, refusal);
    }

    static String key(long uid) {
        return Long.toString(uid);
    }

    /** Those of a set that the server has; what comes without being asked for has no size. */
    private SequencedMap<Long, Listed> listed(ImapFolder imap, String set) throws FailureException {
        SequencedMap<Long, Listed> listed = new TreeMap<>();
        imap.each("UID FETCH " + set + " (UID RFC822.SIZE INTERNALDATE FLAGS)", message -> {
            Optional<Long> uid = message.of("UID").flatMap(ImapValue::number).filter(range::contains);
            if (uid.isPresent() && message.of("RFC822.SIZE").isPresent()) {
                listed.put(uid.get(), Listed.of(message));
            }
        });
        return listed;
    }

    private void count() {
        int all = wanted.size();
        wanted.keySet().removeIf(uid -> place.archived().holds(key(uid)));
        if (!counted) {
            counted = true;
            download.downloading().alreadyThere(place.name(), all - wanted.size());
        }
    }

    private void takeTooLarge(Transport transport) {
        wanted.entrySet().removeIf(entry -> {
            boolean isTooLarge = entry.getValue().size() > download.largest();
            if (isTooLarge) {
                ImapRange one = part(entry.getKey(), entry.getKey());
                String reason = "its " + entry.getValue().size() + " bytes are more than the " + download.largest()
                        + " that are allowed for a message";
                var failure = new Failure.CommandRejected(transport.phase(), "UID FETCH", reason);
                tooLarge.put(entry.getKey(), new Refused(one.part(), failure, one::giveUp));
            }
            return isTooLarge;
        });
    }

    /** Returns the words of a refusal, when there was one; what was wanted and did not come is wanted still. */
    private Optional<String> bodies(Transport transport, ImapFolder imap) throws FailureException {
        List<String> refusals = new ArrayList<>();
        try (ImapBodies bodies = new ImapBodies(download, place, wanted, transport.phase())) {
            imap.pipeline().run(commands(), bodies, answer -> refusal(answer).ifPresent(refusals::add));
        }
        return refusals.stream().findFirst();
    }

    private static Optional<String> refusal(ImapAnswer answer) {
        return answer.reply().isOk()
                ? Optional.empty()
                : Optional.of(answer.reply().tagged());
    }

    private List<ImapCommand> commands() {
        List<ImapCommand> commands = new ArrayList<>();
        List<String> uids = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Long, Listed> message : wanted.entrySet()) {
            if (uids.size() == MESSAGES_OF_A_COMMAND
                    || (bytes > 0 && bytes + message.getValue().size() > BYTES_OF_A_COMMAND)) {
                commands.add(command(uids));
                uids.clear();
                bytes = 0;
            }
            uids.add(key(message.getKey()));
            bytes += message.getValue().size();
        }
        if (!uids.isEmpty()) {
            commands.add(command(uids));
        }
        return commands;
    }

    private static ImapCommand command(List<String> uids) {
        return new ImapCommand("UID FETCH " + String.join(",", uids) + " (UID BODY.PEEK[])");
    }

    /** Messages that did not come are gone, or the server does not give them. */
    private List<Job> afterMissing(Transport transport, ImapFolder imap, Optional<String> refusal)
            throws FailureException {
        Map<Long, Listed> there = new HashMap<>(listed(
                imap, wanted.firstEntry().getKey() + ":" + wanted.lastEntry().getKey()));
        int all = wanted.size();
        wanted.keySet().retainAll(there.keySet());
        int gone = all - wanted.size();
        download.downloading().change(place.name(), folder -> folder.withGone(gone));
        if (wanted.size() == 1) {
            ImapRange one =
                    part(wanted.firstEntry().getKey(), wanted.firstEntry().getKey());
            String words = refusal.map(transport::masked).orElse("the server lists the message and does not send it");
            var failure = new Failure.CommandRejected(transport.phase(), "UID FETCH", words);
            return with(new Refused(one.part(), failure, one::giveUp));
        }
        return wanted.isEmpty() ? List.copyOf(tooLarge.values()) : halves();
    }

    private List<Job> with(Job other) {
        List<Job> all = new ArrayList<>(tooLarge.values());
        all.add(other);
        return all;
    }

    private List<Job> halves() {
        List<Long> uids = List.copyOf(wanted.keySet());
        int middle = uids.size() / 2;
        ImapRange left = part(uids.getFirst(), uids.get(middle - 1));
        ImapRange right = part(uids.get(middle), uids.getLast());
        List<Job> all = new ArrayList<>(List.of(left, right));
        // The halves find those between their ends again.
        tooLarge.forEach((uid, refused) -> {
            if (!left.range.contains(uid) && !right.range.contains(uid)) {
                all.add(refused);
            }
        });
        return all;
    }

    /** What is there already was counted for all of it. */
    private ImapRange part(long from, long to) {
        ImapRange part = new ImapRange(download, place, new UidRange(from, to));
        part.counted = true;
        return part;
    }

    @Override
    public void giveUp(Failure failure) {
        download.downloading().change(place.name(), folder -> folder.withFailure(failure));
        download.partDone(place, 0);
    }
}
