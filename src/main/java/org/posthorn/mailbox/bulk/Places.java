package org.posthorn.mailbox.bulk;

import org.posthorn.client.PassingTrouble;
import org.posthorn.client.ServerLimit;
import org.posthorn.timeline.Failure;

/**
 * How many connections a crew has and may have, and what becomes of one that does not come about. Used with the lock of
 * {@link Shares} alone.
 */
final class Places {
    private int workers;
    private int opening;
    private int open;
    private int most;
    private int failedOpenings;

    /** What a worker does whose connection did not come about. */
    enum Step {
        /** All is stopped. */
        STOP,
        /** All ends: there is no hope for any. */
        FAIL,
        /** The others go on without it. */
        RETIRE,
        TRY_AGAIN
    }

    /**
     * What becomes of a worker.
     *
     * @param attempt which one in a row it was that brought nothing, over all workers
     * @param left workers
     */
    record Verdict(Step step, int attempt, int left) {}

    Places(int workers) {
        this.workers = workers;
    }

    /** The first alone, then as many at once as there are already: some servers let more in together than their limit is. */
    boolean isFree() {
        return opening < Math.max(1, open);
    }

    void begun() {
        opening++;
    }

    void opened() {
        opening--;
        open++;
        most = Math.max(most, open);
        failedOpenings = 0;
    }

    /** One that was refused may be tried again, or another. */
    void ended() {
        opening--;
    }

    void closed() {
        open--;
    }

    /** The most that were open together. */
    int most() {
        return most;
    }

    /**
     * Judges a connection that did not come about.
     *
     * @param refusals how many in a row this worker has met
     */
    Verdict refused(Failure failure, int refusals) {
        Step step = stepAfter(failure, ++failedOpenings, refusals);
        if (step == Step.RETIRE) {
            workers--;
            opening--;
        }
        return new Verdict(step, failedOpenings, workers);
    }

    /** The same when nothing is to be judged any more. */
    Verdict stopped() {
        return new Verdict(Step.STOP, ++failedOpenings, workers);
    }

    private Step stepAfter(Failure failure, int attempt, int refusals) {
        boolean hopeless = failure instanceof Failure.LoginRejected && !PassingTrouble.isToldBy(failure);
        boolean patienceEnded = open == 0 ? attempt > Crew.RETRIES : refusals > Crew.RETRIES;
        boolean alone = workers == 1 || open == 0;
        if (failure instanceof Failure.Cancelled || most == 0 || (alone && (hopeless || patienceEnded))) {
            return Step.FAIL;
        }
        boolean limit = ServerLimit.isMetBy(failure) && open > 0;
        return workers > 1 && (limit || hopeless || patienceEnded) ? Step.RETIRE : Step.TRY_AGAIN;
    }

    /** Judges a connection that was lost at work. */
    Verdict lost(Failure failure) {
        boolean retires = workers > 1 && ServerLimit.isMetBy(failure);
        workers -= retires ? 1 : 0;
        return new Verdict(retires ? Step.RETIRE : Step.TRY_AGAIN, failedOpenings, workers);
    }
}
