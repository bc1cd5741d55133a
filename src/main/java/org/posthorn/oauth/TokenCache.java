package org.posthorn.oauth;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Facts.TokenOrigin;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** The last token of one provider, and the one request for the next, however many ask. */
final class TokenCache {
    private Optional<IssuedToken> last = Optional.empty();
    private boolean stale;
    private Optional<CompletableFuture<IssuedToken>> underWay = Optional.empty();

    /** Gets a new token. */
    interface Request {
        /** The refresh token is the last one's. */
        IssuedToken run(Optional<Secret> refreshToken) throws FailureException;
    }

    /** A token and where it came from. */
    record Found(IssuedToken token, TokenOrigin origin) {}

    /** Whether a token is there that can be used as it is. */
    synchronized boolean hasFresh(Instant now) {
        return !stale && last.filter(token -> token.isFresh(now)).isPresent();
    }

    synchronized Optional<Secret> refreshToken() {
        return last.flatMap(IssuedToken::refreshToken);
    }

    /** The last token is not given out again. */
    synchronized void renew() {
        stale = true;
    }

    /**
     * The last token while it is fresh, else a new one.
     *
     * @param refresh whether the last one will not do
     */
    Found token(boolean refresh, Instant now, Cancellation cancellation, Request request) throws FailureException {
        while (true) {
            CompletableFuture<IssuedToken> mine = new CompletableFuture<>();
            Optional<CompletableFuture<IssuedToken>> theirs;
            synchronized (this) {
                if (!refresh && hasFresh(now)) {
                    return new Found(last.orElseThrow(), TokenOrigin.CACHED);
                }
                theirs = underWay;
                underWay = Optional.of(theirs.orElse(mine));
            }
            if (theirs.isEmpty()) {
                return new Found(run(mine, request), TokenOrigin.ISSUED);
            }
            Optional<IssuedToken> token = join(theirs.get(), cancellation);
            if (token.isPresent()) {
                return new Found(token.get(), TokenOrigin.SHARED);
            }
        }
    }

    private IssuedToken run(CompletableFuture<IssuedToken> mine, Request request) throws FailureException {
        try {
            IssuedToken token = request.run(refreshToken());
            synchronized (this) {
                last = Optional.of(token);
                stale = false;
                underWay = Optional.empty();
            }
            mine.complete(token);
            return token;
        } catch (FailureException | RuntimeException | Error e) {
            synchronized (this) {
                underWay = Optional.empty();
            }
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Awaits another's request; empty when that one was stopped, which is no reason for this one to end. */
    private static Optional<IssuedToken> join(CompletableFuture<IssuedToken> theirs, Cancellation cancellation)
            throws FailureException {
        CompletableFuture<IssuedToken> copy = theirs.copy();
        try (var _ = cancellation.onCancel(() -> copy.cancel(false))) {
            return Optional.of(copy.get());
        } catch (CancellationException _) {
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (ExecutionException e) {
            if (failure(e) instanceof FailureException failed && !(failed.failure() instanceof Failure.Cancelled)) {
                throw failed;
            }
            return Optional.empty();
        }
    }

    /** The copy of a future wraps once more. */
    private static Throwable failure(ExecutionException e) {
        Throwable cause = e.getCause();
        while (cause != null && !(cause instanceof FailureException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? e : cause;
    }
}
