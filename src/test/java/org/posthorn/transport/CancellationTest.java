package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final List<String> run = new ArrayList<>();

    @Test
    void runsWhatIsRegisteredInOrderAndOnce() {
        cancellation.onCancel(() -> run.add("first"));
        cancellation.onCancel(() -> run.add("second"));

        cancellation.cancel();
        cancellation.cancel();

        assertThat(run).containsExactly("first", "second");
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    void runsWhatIsRegisteredTooLateAtOnce() {
        cancellation.cancel();

        cancellation.onCancel(() -> run.add("late"));

        assertThat(run).containsExactly("late");
    }

    @Test
    void forgetsWhatIsNoLongerWanted() {
        cancellation.onCancel(() -> run.add("gone")).close();

        cancellation.cancel();

        assertThat(run).isEmpty();
    }

    @Test
    void letsAnActionRegisterAnother() {
        cancellation.onCancel(() -> cancellation.onCancel(() -> run.add("nested")));

        cancellation.cancel();

        assertThat(run).containsExactly("nested");
    }
}
