package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.posthorn.mailbox.bulk.Places.Step;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** What becomes of a connection that does not come about depends on why, and on the others. */
class PlacesTest {
    private static final Failure TROUBLE = refusal("a1 NO [UNAVAILABLE] Temporary authentication failure");
    private static final Failure WRONG = refusal("a1 NO [AUTHENTICATIONFAILED] Authentication failed");
    private static final Failure LIMIT = refusal("a1 NO [LIMIT] Maximum number of connections exceeded");

    private static Failure refusal(String text) {
        return new Failure.LoginRejected("PLAIN", true, text, Optional.empty());
    }

    /** So many workers, of which some have their connection open, after a first that was. */
    private static Places places(int workers, int open) {
        Places places = new Places(workers);
        for (int i = 0; i < Math.max(1, open); i++) {
            places.begun();
            places.opened();
        }
        if (open == 0) {
            places.closed();
        }
        return places;
    }

    private static Step refused(Places places, Failure failure, int refusals) {
        places.begun();
        return places.refused(failure, refusals).step();
    }

    @Test
    void aLoginThatMetTroubleOfTheServersOwnIsTriedAgainUntilPatienceEnds() {
        Places places = places(1, 0);

        assertThat(IntStream.rangeClosed(1, Crew.RETRIES + 1).mapToObj(attempt -> refused(places, TROUBLE, attempt)))
                .containsExactly(Step.TRY_AGAIN, Step.TRY_AGAIN, Step.TRY_AGAIN, Step.FAIL);
    }

    @Test
    void amongOthersItIsTriedAgainTooAndThenLeftToThem() {
        Places places = places(3, 2);

        assertThat(refused(places, TROUBLE, 1)).isEqualTo(Step.TRY_AGAIN);
        assertThat(refused(places, TROUBLE, Crew.RETRIES + 1)).isEqualTo(Step.RETIRE);
    }

    @Test
    void aLoginThatIsRefusedIsNotTriedAgain() {
        assertThat(refused(places(1, 0), WRONG, 1)).isEqualTo(Step.FAIL);
        assertThat(refused(places(3, 2), WRONG, 1)).isEqualTo(Step.RETIRE);
    }

    @Test
    void whereTheServerAllowsNoMoreTheOthersGoOn() {
        assertThat(refused(places(3, 2), LIMIT, 1)).isEqualTo(Step.RETIRE);
        assertThat(refused(places(3, 0), LIMIT, 1)).isEqualTo(Step.TRY_AGAIN);
    }

    @Test
    void theFirstOfAllEndsTheWorkWhateverTheReason() {
        assertThat(refused(new Places(3), TROUBLE, 1)).isEqualTo(Step.FAIL);
        assertThat(refused(new Places(3), new Failure.ConnectionLost(Phase.GREETING, "reset"), 1))
                .isEqualTo(Step.FAIL);
    }
}
