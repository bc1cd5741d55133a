package org.posthorn.mailbox.bulk;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.posthorn.client.imap.ImapResponses;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.client.line.Sink;
import org.posthorn.mailbox.archive.Arrival;
import org.posthorn.mailbox.archive.Spool;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * Takes messages out of FETCH responses. Which message it was is known only at the end of the response, since a server may
 * write the UID behind it.
 */
final class ImapBodies implements ImapResponses, AutoCloseable {
    private static final Pattern BODY = Pattern.compile("(?is)\\* \\d+ FETCH .*[ (]BODY\\[] ~?\\{\\d+}");

    private final ImapDownload download;
    private final ImapDownload.Place place;
    private final SequencedMap<Long, ImapRange.Listed> wanted;
    private final Phase phase;
    private Optional<Spool> spool = Optional.empty();

    ImapBodies(
            ImapDownload download, ImapDownload.Place place, SequencedMap<Long, ImapRange.Listed> wanted, Phase phase) {
        this.download = download;
        this.place = place;
        this.wanted = wanted;
        this.phase = phase;
    }

    @Override
    public Optional<Sink> literal(String line, long size) throws FailureException {
        if (!BODY.matcher(line).matches()) {
            return Optional.empty();
        }
        if (size > download.largest()) {
            throw new FailureException(new Failure.TooMuchReceived(phase, "a message", download.largest()));
        }
        if (spool.isPresent()) {
            throw new FailureException(new Failure.ProtocolViolation(phase, "two messages in one response", ""));
        }
        Spool fresh = download.downloading().spool();
        spool = Optional.of(fresh);
        return Optional.of(piece -> write(fresh, piece));
    }

    private void write(Spool to, byte[] piece) throws FailureException {
        download.downloading().onDisk(phase, () -> {
            to.write(piece);
            return to;
        });
    }

    @Override
    public void untagged(String line) throws FailureException {
        Optional<ImapValue.Group> message = ImapFolder.fetched(line);
        Optional<Long> uid = message.flatMap(attributes -> attributes.of("UID"))
                .flatMap(ImapValue::number)
                .filter(wanted::containsKey);
        if (uid.isPresent()) {
            quoted(message.get());
            if (spool.isPresent()) {
                store(uid.get(), spool.get());
            }
        }
        close();
    }

    /** A short message may come as a quoted string (RFC 9051 §4.3). */
    private void quoted(ImapValue.Group message) throws FailureException {
        Optional<ImapValue> body = message.of("BODY[]").filter(ImapValue.Text.class::isInstance);
        if (spool.isEmpty() && body.isPresent()) {
            Spool fresh = download.downloading().spool();
            spool = Optional.of(fresh);
            write(fresh, body.get().text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void store(long uid, Spool content) throws FailureException {
        ImapRange.Listed listed = Objects.requireNonNull(wanted.get(uid));
        Arrival arrival = new Arrival(ImapRange.key(uid), listed.date(), listed.flags());
        download.downloading().store(phase, place.name(), place.archived(), arrival, content);
        wanted.remove(uid);
    }

    /** Forgets what came of a message that is not complete, or nobody's. */
    @Override
    public void close() throws FailureException {
        if (spool.isPresent()) {
            Spool last = spool.get();
            spool = Optional.empty();
            download.downloading().onDisk(phase, () -> {
                last.close();
                return last;
            });
        }
    }
}
