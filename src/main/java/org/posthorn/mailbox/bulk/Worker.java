package org.posthorn.mailbox.bulk;

import java.util.List;
import java.util.Optional;
import org.posthorn.client.ClientConnection;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** One connection of a crew and the thread that works on it. */
final class Worker implements Runnable {
    private final Crew crew;
    private final Shares shares;
    private final Board board;
    private Optional<ClientConnection> own;
    private boolean isOpen;

    /** Whether the connection has done a job since it was opened. */
    private boolean gotOn;

    private int refusals;

    /**
     * Of a crew.
     *
     * @param own a connection that is at hand; one is made when it is needed otherwise
     */
    Worker(Crew crew, Shares shares, Board board, Optional<ClientConnection> own) {
        this.crew = crew;
        this.shares = shares;
        this.board = board;
        this.own = own;
    }

    @Override
    public void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = isOpen ? work() : open();
            }
        } catch (RuntimeException | Error e) {
            crew.failBy(e);
        } finally {
            leave();
        }
    }

    private ClientConnection connection() {
        ClientConnection connection = own.orElseGet(crew::connection);
        crew.takes(connection);
        own = Optional.of(connection);
        return connection;
    }

    /** Opens the connection once there is something to do; returns whether to go on. */
    private boolean open() {
        if (!shares.awaitPlace()) {
            return false;
        }
        ClientConnection connection = connection();
        if (shares.isStopped()) {
            // It may have come too late to be closed with the others.
            return false;
        }
        try {
            connection.run(ready -> ready);
        } catch (FailureException e) {
            return afterRefusal(connection, e.failure());
        } catch (IllegalStateException e) {
            return closedUnder(e);
        }
        isOpen = true;
        gotOn = false;
        refusals = 0;
        shares.opened();
        board.change(now -> now.opened(1));
        return true;
    }

    private boolean closedUnder(IllegalStateException e) {
        if (shares.isStopped()) {
            return false;
        }
        throw e;
    }

    private boolean afterRefusal(ClientConnection connection, Failure failure) {
        Places.Verdict verdict = shares.refused(failure, ++refusals);
        return switch (verdict.step()) {
            case STOP -> false;
            case FAIL -> {
                crew.fail(connection, failure);
                yield false;
            }
            case RETIRE -> {
                lowered(verdict.left(), failure);
                yield false;
            }
            case TRY_AGAIN -> {
                board.change(now -> now.told(lost(connection, failure)));
                crew.pause(verdict.attempt());
                shares.paused();
                yield true;
            }
        };
    }

    private static Notice lost(ClientConnection connection, Failure failure) {
        return new Notice.Lost(connection.timeline().connection(), failure);
    }

    private void lowered(int left, Failure failure) {
        Notice.Lowered notice = new Notice.Lowered(left + 1, left, failure);
        board.change(now -> now.lowered(notice));
    }

    /** Does one job; returns whether to go on. */
    private boolean work() {
        Optional<Share> share = shares.take();
        if (share.isEmpty()) {
            return false;
        }
        ClientConnection connection = connection();
        try {
            List<Job> more = connection.run(share.get().job()::run);
            gotOn = true;
            shares.done(more);
            return true;
        } catch (FailureException e) {
            return brokenOff(share.get(), connection, e.failure());
        } catch (IllegalStateException e) {
            shares.giveBack(share.get());
            return closedUnder(e);
        }
    }

    private boolean brokenOff(Share share, ClientConnection connection, Failure failure) {
        if (failure instanceof Failure.CommandRejected) {
            gotOn = true;
            giveUp(share.job(), failure);
            return true;
        }
        isOpen = false;
        Places.Verdict verdict = shares.lost(failure);
        return switch (verdict.step()) {
            case STOP, FAIL -> {
                shares.giveBack(share);
                crew.brokenBy(connection, failure);
                yield false;
            }
            case RETIRE -> {
                board.change(now -> now.opened(-1).told(lost(connection, failure)));
                lowered(verdict.left(), failure);
                again(share, failure);
                yield false;
            }
            case TRY_AGAIN -> {
                board.change(now -> now.opened(-1).told(lost(connection, failure)));
                again(share, failure);
                yield true;
            }
        };
    }

    private void again(Share share, Failure failure) {
        share.broken(gotOn).ifPresentOrElse(shares::giveBack, () -> giveUp(share.job(), failure));
    }

    private void giveUp(Job job, Failure failure) {
        job.giveUp(failure);
        board.change(now -> now.told(new Notice.GivenUp(job.part(), failure)));
        shares.givenUp(job.rest());
    }

    /** The client's own connection stays open, any other is nobody's now. */
    private void leave() {
        boolean was = isOpen;
        isOpen = false;
        own.filter(connection -> connection.kind() == ClientConnection.Kind.INDEPENDENT)
                .ifPresent(ClientConnection::close);
        if (was) {
            shares.closed();
            board.change(now -> now.opened(-1));
        }
    }
}
