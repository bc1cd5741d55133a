package org.posthorn.mailbox.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.mailbox.archive.ArchiveFolder;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Transport;

/** Finds out what an IMAP mailbox holds and divides it into ranges of UIDs. */
final class ImapDownload {
    /** The most messages of a range: small enough to be asked for again, large enough that the round trip does not count. */
    private static final int LARGEST_SHARE = 500;

    /** What another connection is worth for: each range costs round trips of its own. */
    private static final int SMALLEST_SHARE = 200;

    /** The most ranges of a folder: the command that asks where they begin has to be shorter than 8,000 octets. */
    private static final int MOST_SHARES = 800;

    private final Endpoint endpoint;
    private final DownloadOptions options;
    private final Downloading downloading;

    /** The folder that each connection has opened. */
    private final Map<MailConnection, Place> opened = Collections.synchronizedMap(new WeakHashMap<>());

    ImapDownload(Endpoint endpoint, DownloadOptions options, Downloading downloading) {
        this.endpoint = endpoint;
        this.options = options;
        this.downloading = downloading;
    }

    /**
     * A folder of the mailbox and where it lies on disk.
     *
     * @param parts how many parts of it are still to be done; after the last it is closed
     */
    record Place(ImapFolder.Named name, long validity, ArchiveFolder archived, AtomicInteger parts) {}

    Downloading downloading() {
        return downloading;
    }

    long largest() {
        return options.largest();
    }

    Job listing() {
        return new Listing();
    }

    ImapFolder over(MailConnection connection, Transport transport) {
        return new ImapFolder(endpoint, connection, transport);
    }

    /** Opens the folder on the server, unless it is open there, and on disk. */
    void open(Place place, MailConnection connection, ImapFolder imap, Phase phase) throws FailureException {
        if (!place.equals(opened.get(connection))) {
            opened.remove(connection);
            Renumbering.check(phase, place.validity(), imap.examine(place.name().name()));
            opened.put(connection, place);
        }
        openOnDisk(place, phase);
    }

    private void openOnDisk(Place place, Phase phase) throws FailureException {
        downloading.onDisk(phase, () -> {
            place.archived().open();
            return place;
        });
    }

    /** A part is done or given up, and more have come of it. */
    void partDone(Place place, int more) {
        if (place.parts().addAndGet(more - 1) == 0) {
            downloading.close(place.archived());
        }
    }

    /** Finds out which folders there are. */
    private final class Listing implements Job {
        @Override
        public String part() {
            return "the list of folders";
        }

        @Override
        public List<Job> run(MailConnection connection) throws FailureException {
            List<ImapFolder.Named> all = connection.perform(
                    (_, transport) -> over(connection, transport).list());
            List<Job> jobs = new ArrayList<>();
            all.stream()
                    .filter(name -> options.folders().isEmpty() || isWanted(name))
                    .forEach(name -> {
                        downloading.change(name, folder -> folder);
                        jobs.add(new Folder(name));
                    });
            options.folders().stream()
                    .filter(wanted -> all.stream().noneMatch(name -> isCalled(name, wanted)))
                    .distinct()
                    .map(Listing::missing)
                    .forEach(jobs::add);
            return jobs;
        }

        private boolean isWanted(ImapFolder.Named name) {
            return options.folders().stream().anyMatch(wanted -> isCalled(name, wanted));
        }

        /** INBOX alone has no case (RFC 9051 §5.1). */
        private static boolean isCalled(ImapFolder.Named name, String wanted) {
            boolean inbox =
                    wanted.equalsIgnoreCase("INBOX") && name.name().wire().equalsIgnoreCase("INBOX");
            return inbox
                    || wanted.equals(name.name().text())
                    || wanted.equals(name.name().wire());
        }

        private static Job missing(String wanted) {
            return new Refused(
                    wanted,
                    new Failure.CommandRejected(Phase.READY, "LIST", "the server lists no folder of that name"),
                    _ -> {});
        }

        @Override
        public void giveUp(Failure failure) {
            // Told as given up; without it there is no folder to tell of.
        }
    }

    /** Divides a folder into ranges. */
    private final class Folder implements Job {
        private final ImapFolder.Named name;
        private boolean counted;

        /** What it was divided into before the connection was lost. */
        private Optional<List<Job>> divided = Optional.empty();

        Folder(ImapFolder.Named name) {
            this.name = name;
        }

        @Override
        public String part() {
            return name.shown();
        }

        @Override
        public List<Job> run(MailConnection connection) throws FailureException {
            if (divided.isPresent()) {
                return divided.get();
            }
            return connection.perform((_, transport) -> {
                opened.remove(connection);
                ImapFolder imap = over(connection, transport);
                ImapFolder.Examined examined = imap.examine(name.name());
                Place place = new Place(
                        name, examined.validity(), downloading.folder(name, examined.validity()), new AtomicInteger());
                opened.put(connection, place);
                expect(examined.messages());
                List<ImapRange> ranges = imap.ranges(examined, share(examined.messages())).stream()
                        .map(range -> new ImapRange(ImapDownload.this, place, range))
                        .toList();
                place.parts().set(Math.max(1, ranges.size()));
                divided = Optional.of(List.copyOf(ranges));
                return begun(place, ranges, connection, transport, imap);
            });
        }

        /** A folder of one range, or of none, is open now and not asked for again. */
        private List<Job> begun(
                Place place, List<ImapRange> ranges, MailConnection connection, Transport transport, ImapFolder imap)
                throws FailureException {
            if (ranges.isEmpty()) {
                openOnDisk(place, transport.phase());
                partDone(place, 0);
            }
            return ranges.size() == 1 ? ranges.getFirst().fetch(connection, transport, imap) : List.copyOf(ranges);
        }

        private int share(long messages) {
            int connections = endpoint.connections().connectionsForHeavyWork();
            long even = connections == 1
                    ? LARGEST_SHARE
                    : Math.clamp(messages / (2L * connections), SMALLEST_SHARE, LARGEST_SHARE);
            return (int) Math.max(even, messages / MOST_SHARES + 1);
        }

        private void expect(long messages) {
            if (!counted) {
                counted = true;
                downloading.board().change(now -> now.expecting(messages));
            }
        }

        @Override
        public void giveUp(Failure failure) {
            downloading.change(name, folder -> folder.withFailure(failure));
        }
    }
}
