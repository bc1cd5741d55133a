package org.posthorn.cli;

import java.util.Optional;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.EmailClient;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;

/**
 * What was read over the one connection of a client.
 *
 * @param result absent when the session failed or was cancelled
 */
record Reading<T>(Optional<T> result, CheckResult session) {

    /** Reads until it is done or cancelled. */
    static <T> Reading<T> over(EmailClient client, Cancellation cancellation, ClientConnection.Operation<T> operation) {
        ClientConnection connection = client.currentConnection();
        try (var _ = cancellation.onCancel(connection::close)) {
            T result = connection.run(operation);
            return new Reading<>(
                    Optional.of(result), session(client, connection, CheckOutcome.READY, Optional.empty()));
        } catch (FailureException e) {
            boolean cancelled = e.failure() instanceof Failure.Cancelled;
            CheckOutcome outcome = cancelled ? CheckOutcome.CANCELLED : CheckOutcome.FAILED;
            return new Reading<>(Optional.empty(), session(client, connection, outcome, Optional.of(e.failure())));
        } catch (IllegalStateException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            // Closed before it was open.
            return new Reading<>(
                    Optional.empty(), session(client, connection, CheckOutcome.CANCELLED, Optional.empty()));
        }
    }

    private static CheckResult session(
            EmailClient client, ClientConnection connection, CheckOutcome outcome, Optional<Failure> failure) {
        return new CheckResult(client.endpoint(), outcome, connection.timeline().withFailure(failure));
    }

    ExitCode exitCode() {
        return switch (session.outcome()) {
            case READY, STOPPED -> ExitCode.WELL;
            case FAILED -> ExitCode.FAILURE_FOUND;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }
}
