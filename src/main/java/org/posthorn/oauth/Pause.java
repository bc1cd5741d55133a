package org.posthorn.oauth;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** Lets time pass between two questions to a server. */
@FunctionalInterface
public interface Pause {

    /**
     * Returns after the span.
     *
     * @throws FailureException when the person stopped it before
     */
    void pause(Duration span, Cancellation cancellation) throws FailureException;

    /** Really waits. */
    static Pause real() {
        return Pause::await;
    }

    private static void await(Duration span, Cancellation cancellation) throws FailureException {
        CompletableFuture<Void> never = new CompletableFuture<>();
        try (var _ = cancellation.onCancel(() -> never.cancel(false))) {
            never.get(span.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return;
        } catch (CancellationException _) {
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
