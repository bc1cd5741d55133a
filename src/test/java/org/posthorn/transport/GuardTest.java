package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

class GuardTest {
    private final ManualTimer timer = new ManualTimer();
    private final Cancellation cancellation = new Cancellation();
    private final Guard guard = new Guard(timer, cancellation);

    @AfterEach
    void endTheTimer() {
        timer.shutdownNow();
    }

    @Test
    void takesNothingForAnAnswerThatIsReadAfterTheDeadline() {
        assertThatThrownBy(() -> within(timer::elapse)).isInstanceOf(Guard.DeadlinePassed.class);
    }

    @Test
    void takesNothingForAnAnswerThatIsReadAfterTheCancel() {
        assertThatThrownBy(() -> within(cancellation::cancel)).isInstanceOf(Guard.Stopped.class);
    }

    @Test
    void handsOnAFailureInTime() {
        assertThatThrownBy(() -> within(() -> {})).isInstanceOf(FailureException.class);
    }

    /** Work that finds something wrong in what it reads. */
    private void within(Runnable before) throws Exception {
        guard.within(Duration.ofSeconds(1), () -> {}, () -> {
            before.run();
            throw new FailureException(new Failure.WrongProtocol("HTTP", "HTTP/1.1 400 Bad Request"));
        });
    }
}
