package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class GuardTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final ManualTimer timer = new ManualTimer();
    private final Cancellation cancellation = new Cancellation();
    private final Guard guard = new Guard(timer, cancellation);
    private final Target target = new Target();

    /** Work blocks on it until it is closed. */
    private static final class Target implements Closeable {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger closings = new AtomicInteger();

        @Override
        public void close() {
            closings.incrementAndGet();
            closed.countDown();
        }

        String block() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed under me");
        }
    }

    @AfterEach
    void endTheTimer() {
        timer.shutdownNow();
    }

    @Test
    void returnsWhatTheWorkReturnsAndLeavesNothingBehind() throws IOException, FailureException {
        assertThat(guard.within(LONG, target, () -> "done")).isEqualTo("done");

        cancellation.cancel();
        assertThat(target.closings).hasValue(0);
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void passesOnTheFailureOfTheWork() {
        IOException reset = new IOException("reset");

        assertThat(assertThrows(
                        IOException.class,
                        () -> guard.within(LONG, target, () -> {
                            throw reset;
                        })))
                .isSameAs(reset);
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void closesWhatTheWorkBlocksOnWhenTheDeadlinePasses() {
        assertThrows(
                Guard.DeadlinePassed.class,
                () -> guard.within(LONG, target, () -> {
                    timer.elapse();
                    return target.block();
                }));
        assertThat(target.closings).hasValue(1);
    }

    @Test
    void closesWhatTheWorkBlocksOnWhenItIsCancelled() {
        assertThrows(
                Guard.Stopped.class,
                () -> guard.within(LONG, target, () -> {
                    cancellation.cancel();
                    return target.block();
                }));
        assertThat(target.closings).hasValue(1);
    }

    @Test
    void doesNotBelieveAResultThatCameAfterTheDeadline() {
        assertThrows(
                Guard.DeadlinePassed.class,
                () -> guard.within(LONG, target, () -> {
                    timer.elapse();
                    return "too late";
                }));
    }

    @Test
    void takesNothingForAnAnswerThatIsReadAfterTheDeadline() {
        assertThrows(Guard.DeadlinePassed.class, () -> findSomethingWrongAfter(timer::elapse));
    }

    @Test
    void takesNothingForAnAnswerThatIsReadAfterTheCancel() {
        assertThrows(Guard.Stopped.class, () -> findSomethingWrongAfter(cancellation::cancel));
    }

    @Test
    void handsOnAFailureInTime() {
        assertThrows(FailureException.class, () -> findSomethingWrongAfter(() -> {}));
    }

    private void findSomethingWrongAfter(Runnable before) throws IOException, FailureException {
        guard.within(LONG, target, () -> {
            before.run();
            throw new FailureException(new Failure.WrongProtocol("HTTP", "HTTP/1.1 400 Bad Request"));
        });
    }

    @Test
    void stopsAtOnceWhenItWasCancelledBefore() {
        cancellation.cancel();

        assertThrows(Guard.Stopped.class, () -> guard.within(LONG, target, target::block));
    }

    @Test
    void keepsARealDeadline() {
        ScheduledThreadPoolExecutor real = new ScheduledThreadPoolExecutor(1);
        try {
            assertThrows(
                    Guard.DeadlinePassed.class,
                    () -> new Guard(real, cancellation).within(Duration.ofMillis(20), target, target::block));
        } finally {
            real.shutdownNow();
        }
    }
}
