package org.posthorn.mailbox.bulk;

import java.util.Optional;

/**
 * A job and how often it was broken off for nothing.
 *
 * @param losses of connections that had done nothing else before: any other had got on, and may have died of something else
 */
record Share(Job job, int losses) {
    static Share of(Job job) {
        return new Share(job, 0);
    }

    /**
     * The same after a loss; absent when it was tried often enough.
     *
     * @param gotOn whether the connection had done another job before
     */
    Optional<Share> broken(boolean gotOn) {
        Share again = gotOn ? this : new Share(job, losses + 1);
        return Optional.of(again).filter(share -> share.losses <= Crew.RETRIES);
    }
}
