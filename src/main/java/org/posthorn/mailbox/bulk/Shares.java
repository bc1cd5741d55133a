package org.posthorn.mailbox.bulk;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.posthorn.timeline.Failure;

/** The jobs that wait and the connections that may be opened for them: where the workers of a crew wait for one another. */
final class Shares {
    private final Queue<Share> queue = new ArrayDeque<>();
    private final Places places;
    private int active;
    private boolean stopped;
    private boolean gaveUp;

    Shares(int connections) {
        this.places = new Places(connections);
    }

    synchronized void add(List<Job> jobs) {
        jobs.forEach(job -> queue.add(Share.of(job)));
    }

    /** The next; absent when nothing is left, or all is stopped. */
    synchronized Optional<Share> take() {
        await(() -> !queue.isEmpty() || active == 0);
        if (stopped || queue.isEmpty()) {
            notifyAll();
            return Optional.empty();
        }
        active++;
        return Optional.of(queue.remove());
    }

    /** One that was broken off comes after all others: one that ends every connection then keeps none of them away. */
    synchronized void giveBack(Share share) {
        active--;
        queue.add(share);
        notifyAll();
    }

    synchronized void done(List<Job> more) {
        active--;
        add(more);
        notifyAll();
    }

    /** Ended without being done. */
    synchronized void givenUp(List<Job> rest) {
        gaveUp = true;
        done(rest);
    }

    /** Whether nothing is left. */
    synchronized boolean isDone() {
        return queue.isEmpty() && active == 0;
    }

    synchronized boolean gaveUp() {
        return gaveUp;
    }

    /** Waits until another connection may be opened for something; returns whether it is wanted. */
    synchronized boolean awaitPlace() {
        await(() -> isDone() || (!queue.isEmpty() && places.isFree()));
        boolean wanted = !stopped && !isDone();
        if (wanted) {
            places.begun();
        }
        return wanted;
    }

    synchronized void opened() {
        places.opened();
        notifyAll();
    }

    /**
     * A connection did not come about.
     *
     * @param refusals how many in a row its worker has met
     */
    synchronized Places.Verdict refused(Failure failure, int refusals) {
        Places.Verdict verdict = stopped ? places.stopped() : places.refused(failure, refusals);
        notifyAll();
        return verdict;
    }

    /** The pause after a refusal is over. */
    synchronized void paused() {
        places.ended();
        notifyAll();
    }

    /** A connection was lost at work. */
    synchronized Places.Verdict lost(Failure failure) {
        places.closed();
        return stopped || failure instanceof Failure.Cancelled ? places.stopped() : places.lost(failure);
    }

    synchronized void closed() {
        places.closed();
    }

    /** The most connections that were open together. */
    synchronized int most() {
        return places.most();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Only with the lock; ends also when all is stopped. */
    private void await(BooleanSupplier until) {
        try {
            while (!stopped && !until.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException _) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }
}
