package org.posthorn.mailbox.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.Capabilities;
import org.posthorn.client.EmailClient;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Transport;

/**
 * Appends the messages of files to a folder of an IMAP mailbox, each once. Messages are shared out over the connections one by
 * one; those that could be taken for each other go one after the other, so that a look into the folder tells which of them
 * have arrived.
 */
public final class MailboxUpload {
    private final EmailClient client;
    private final Endpoint endpoint;
    private final MailboxName folder;
    private final boolean create;

    /**
     * To a folder of the mailbox of an IMAP client, which must not be read-only.
     *
     * @param folder by its name for a person, in the server's notation
     * @param create whether a folder that is missing is made
     */
    public MailboxUpload(EmailClient client, String folder, boolean create) {
        if (client.endpoint().protocol() != Protocol.IMAP) {
            throw new IllegalArgumentException("folders are a matter of IMAP");
        }
        if (client.endpoint().connections().readOnly()) {
            throw new IllegalArgumentException("nothing is appended to a mailbox that is read-only");
        }
        this.client = client;
        this.endpoint = client.endpoint();
        this.folder = MailboxName.of(folder);
        this.create = create;
    }

    /**
     * Runs until every message was tried. It takes as many connections as the endpoint's settings say for heavy work; a cancel
     * closes them.
     *
     * @param journal where each step is noted; the one that the plan was made with
     */
    public UploadResult run(
            UploadPlan plan, Optional<UploadJournal> journal, Cancellation cancellation, Consumer<Progress> live) {
        int connections = endpoint.connections().connectionsForHeavyWork();
        Cancellation inside = new Cancellation();
        Board board = new Board(connections, live);
        UploadLedger ledger = new UploadLedger(plan, journal, board, inside::cancel);
        board.change(now -> now.expecting(plan.messages()));
        try (var _ = cancellation.onCancel(inside::cancel)) {
            WorkEnd end = new Crew(client, connections, inside, board).run(List.of(new Opening(plan, ledger, inside)));
            UploadResult result = ledger.result(end, plan);
            return result.problem().isEmpty() ? result : ledger.result(failed(end), plan);
        }
    }

    private static WorkEnd failed(WorkEnd end) {
        return new WorkEnd(WorkEnd.Outcome.FAILED, end.session(), end.progress(), end.most(), end.elapsed());
    }

    /** Opens the folder and learns what is in it before the first message. */
    private final class Opening implements Job {
        private final UploadPlan plan;
        private final UploadLedger ledger;
        private final Cancellation cancellation;

        Opening(UploadPlan plan, UploadLedger ledger, Cancellation cancellation) {
            this.plan = plan;
            this.ledger = ledger;
            this.cancellation = cancellation;
        }

        @Override
        public String part() {
            return folder.text();
        }

        @Override
        public List<Job> run(MailConnection connection) throws FailureException {
            return connection.perform((_, transport) -> {
                ImapFolder imap = new ImapFolder(endpoint, connection, transport);
                ImapFolder.Examined examined = opened(imap, transport);
                UploadBase now = new UploadBase(examined.validity(), next(imap, examined));
                if (plan.base()
                        .filter(base -> base.validity() != now.validity())
                        .isPresent()) {
                    ledger.outdated();
                    return List.of();
                }
                if (plan.base().isEmpty()) {
                    ledger.began(now);
                }
                UploadTarget target = new UploadTarget(
                        endpoint, folder, create, plan.base().orElse(now), limit(connection, imap), cancellation);
                return jobs(target);
            });
        }

        private ImapFolder.Examined opened(ImapFolder imap, Transport transport) throws FailureException {
            try {
                return imap.examine(folder);
            } catch (FailureException e) {
                if (!(e.failure() instanceof Failure.CommandRejected refusal)) {
                    throw e;
                }
                if (!create) {
                    ledger.end(new UploadProblem.FolderMissing(folder.text(), transport.masked(refusal.text())));
                    throw e;
                }
            }
            create(imap, transport);
            return imap.examine(folder);
        }

        private void create(ImapFolder imap, Transport transport) throws FailureException {
            try {
                imap.demand("CREATE " + folder.argument());
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.CommandRejected refusal) {
                    ledger.end(new UploadProblem.FolderRefused(folder.text(), transport.masked(refusal.text())));
                }
                throw e;
            }
        }

        /** A server that does not tell UIDNEXT gives away no UID below that of its last message. */
        private static long next(ImapFolder imap, ImapFolder.Examined examined) throws FailureException {
            if (examined.next() > 0 || examined.messages() == 0) {
                return Math.max(1, examined.next());
            }
            return 1
                    + imap.fetch("FETCH " + examined.messages() + " (UID)").stream()
                            .flatMap(message -> message.of("UID").stream())
                            .flatMap(uid -> uid.number().stream())
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0);
        }

        /** The largest message in bytes (RFC 7889); absent where the server does not tell. */
        private OptionalLong limit(MailConnection connection, ImapFolder imap) throws FailureException {
            List<String> told = Capabilities.inForce(connection.timeline());
            return AppendLimit.isPerFolder(told) ? AppendLimit.of(imap, folder) : AppendLimit.of(told);
        }

        private List<Job> jobs(UploadTarget target) {
            Map<String, AppendJob.Alike> all = new LinkedHashMap<>();
            // Those in doubt first: what is like them must not come before it is known whether they are there.
            Stream.concat(plan.doubtful().stream(), plan.fresh().stream())
                    .forEach(message -> all.computeIfAbsent(message.identity(), _ -> new AppendJob.Alike())
                            .add(message));
            plan.appended()
                    .forEach(message -> Optional.ofNullable(all.get(message.identity()))
                            .ifPresent(alike -> alike.isThere(message)));
            List<Job> jobs = new ArrayList<>();
            all.values().forEach(alike -> jobs.addAll(AppendJob.next(alike, target, ledger)));
            return jobs;
        }

        @Override
        public void giveUp(Failure failure) {
            // Told as given up; without the folder no message goes.
        }
    }
}
