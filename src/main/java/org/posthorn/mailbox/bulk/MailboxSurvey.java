package org.posthorn.mailbox.bulk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.EmailClient;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.mailbox.imap.InternalDate;
import org.posthorn.mailbox.imap.UidRange;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;

/**
 * Counts what every folder of an IMAP mailbox holds. It looks by EXAMINE and asks for sizes, dates and flags alone, so that it
 * changes nothing. Folders are shared out over the connections, large ones in ranges of UIDs.
 */
public final class MailboxSurvey {
    /** Messages of one job: small enough to be asked for again, large enough that the round trip does not count. */
    private static final int SHARE = 2000;

    private final EmailClient client;
    private final Endpoint endpoint;

    /** Of the mailbox of an IMAP client. */
    public MailboxSurvey(EmailClient client) {
        if (client.endpoint().protocol() != Protocol.IMAP) {
            throw new IllegalArgumentException("folders are a matter of IMAP");
        }
        this.client = client;
        this.endpoint = client.endpoint();
    }

    /**
     * Runs until every folder was looked into. It takes as many connections as the endpoint's settings say for heavy work; a
     * cancel closes them.
     */
    public SurveyResult run(Cancellation cancellation, SurveyListener live) {
        Survey survey = new Survey(live);
        WorkEnd end = new Crew(client, endpoint.connections().connectionsForHeavyWork(), cancellation, survey.board)
                .run(List.of(survey.new Listing()));
        return new SurveyResult(end, survey.folders());
    }

    private final class Survey {
        private final SurveyListener live;
        private final Board board;
        private final Map<ImapFolder.Named, FolderSurvey> folders = new LinkedHashMap<>();

        Survey(SurveyListener live) {
            this.live = live;
            this.board = new Board(endpoint.connections().connectionsForHeavyWork(), live::progress);
        }

        synchronized List<FolderSurvey> folders() {
            return List.copyOf(folders.values());
        }

        private FolderSurvey change(ImapFolder.Named name, FolderSurvey part) {
            synchronized (this) {
                return folders.merge(name, part, FolderSurvey::with);
            }
        }

        private void tell(ImapFolder.Named name, FolderSurvey part) {
            FolderSurvey now = change(name, part);
            board.change(progress -> {
                live.folder(now);
                return progress.done(part.messages(), part.bytes());
            });
        }

        /** Finds out which folders there are. */
        private final class Listing implements Job {
            @Override
            public String part() {
                return "the list of folders";
            }

            @Override
            public List<Job> run(MailConnection connection) throws FailureException {
                List<ImapFolder.Named> names =
                        connection.perform((_, transport) -> new ImapFolder(endpoint, connection, transport).list());
                names.forEach(name -> change(name, FolderSurvey.of(name.shown())));
                return names.stream().<Job>map(Folder::new).toList();
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

            Folder(ImapFolder.Named name) {
                this.name = name;
            }

            @Override
            public String part() {
                return name.shown();
            }

            @Override
            public List<Job> run(MailConnection connection) throws FailureException {
                return connection.perform((_, transport) -> {
                    ImapFolder imap = new ImapFolder(endpoint, connection, transport);
                    ImapFolder.Examined examined = imap.examine(name.name());
                    List<Job> ranges = new ArrayList<>();
                    imap.ranges(examined, SHARE)
                            .forEach(range -> ranges.add(new Range(name, range, examined.validity())));
                    expect(examined.messages());
                    if (ranges.size() == 1) {
                        ((Range) ranges.removeFirst()).count(imap);
                    }
                    return ranges;
                });
            }

            private void expect(long messages) {
                if (!counted) {
                    counted = true;
                    board.change(now -> now.expecting(messages));
                }
            }

            @Override
            public void giveUp(Failure failure) {
                change(name, FolderSurvey.of(name.shown()).withFailure(failure));
            }
        }

        /** Counts the messages of a range. */
        private final class Range implements Job {
            private final ImapFolder.Named name;
            private final UidRange range;
            private final long validity;

            Range(ImapFolder.Named name, UidRange range, long validity) {
                this.name = name;
                this.range = range;
                this.validity = validity;
            }

            @Override
            public String part() {
                return name.shown() + ", UIDs " + range.set();
            }

            @Override
            public List<Job> run(MailConnection connection) throws FailureException {
                return connection.perform((_, transport) -> {
                    ImapFolder imap = new ImapFolder(endpoint, connection, transport);
                    Renumbering.check(transport.phase(), validity, imap.examine(name.name()));
                    count(imap);
                    return List.of();
                });
            }

            /** All of it, or nothing. */
            private void count(ImapFolder imap) throws FailureException {
                FolderSurvey part = FolderSurvey.of(name.shown());
                Set<Long> counted = new HashSet<>();
                for (ImapValue.Group message :
                        imap.fetch("UID FETCH " + range.set() + " (UID RFC822.SIZE INTERNALDATE FLAGS)")) {
                    Optional<Long> uid = message.of("UID").flatMap(ImapValue::number);
                    Optional<Long> size = message.of("RFC822.SIZE").flatMap(ImapValue::number);
                    // What comes without being asked for, such as flags that another client has changed, has no size.
                    if (uid.filter(range::contains).isPresent() && size.isPresent() && counted.add(uid.get())) {
                        part = part.withMessage(isSeen(message), size.get(), came(message));
                    }
                }
                tell(name, part);
            }

            private static boolean isSeen(ImapValue.Group message) {
                return message.of("FLAGS").stream()
                        .filter(ImapValue.Group.class::isInstance)
                        .flatMap(flags -> ((ImapValue.Group) flags).words().stream())
                        .anyMatch("\\Seen"::equalsIgnoreCase);
            }

            private static Optional<Instant> came(ImapValue.Group message) {
                return message.of("INTERNALDATE").map(ImapValue::text).flatMap(InternalDate::parse);
            }

            @Override
            public void giveUp(Failure failure) {
                change(name, FolderSurvey.of(name.shown()).withFailure(failure));
            }
        }
    }
}
