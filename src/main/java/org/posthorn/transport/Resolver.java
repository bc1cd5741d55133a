package org.posthorn.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.AddressFamily;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * Looks names up within a limit. The system's lookup cannot be interrupted, so one that takes too long is left behind on
 * its own thread; how many may be left behind at once is bounded.
 */
public final class Resolver {
    private static final int MOST_UNFINISHED = 64;

    private final AddressLookup lookup;
    private final Semaphore unfinished = new Semaphore(MOST_UNFINISHED);

    public Resolver(AddressLookup lookup) {
        this.lookup = lookup;
    }

    List<InetAddress> resolve(String name, AddressFamily family, Duration limit, Cancellation cancellation)
            throws FailureException {
        List<InetAddress> all = await(name, start(name), limit, cancellation);
        List<InetAddress> chosen = all.stream().filter(a -> belongs(a, family)).toList();
        if (chosen.isEmpty()) {
            throw new FailureException(
                    new Failure.NoAddressOfFamily(name, family == AddressFamily.IPV4 ? "IPv4" : "IPv6"));
        }
        return chosen;
    }

    private CompletableFuture<List<InetAddress>> start(String name) throws FailureException {
        if (!unfinished.tryAcquire()) {
            throw new FailureException(new Failure.NameServiceFailed(
                    name, MOST_UNFINISHED + " earlier lookups have not been answered yet"));
        }
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("lookup " + name).start(() -> {
            try {
                answer.complete(lookup.lookUp(name));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            } finally {
                unfinished.release();
            }
        });
        return answer;
    }

    private static List<InetAddress> await(
            String name, CompletableFuture<List<InetAddress>> answer, Duration limit, Cancellation cancellation)
            throws FailureException {
        try (var _ = cancellation.onCancel(() -> answer.cancel(false))) {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new FailureException(
                    new Failure.NameServiceFailed(name, "no answer within " + limit.toMillis() + " ms"));
        } catch (CancellationException _) {
            throw new FailureException(new Failure.Cancelled(Phase.RESOLVE));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Cancelled(Phase.RESOLVE));
        } catch (ExecutionException e) {
            throw new FailureException(notFound(name, e.getCause()));
        }
    }

    /** getaddrinfo's EAI_AGAIN and EAI_FAIL are the name service's trouble, EAI_NONAME is the name's. */
    private static Failure notFound(String name, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        String words = String.valueOf(cause == null ? "" : cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean temporary =
                words.contains("temporary failure") || words.contains("try again") || words.contains("non-recoverable");
        return temporary
                ? new Failure.NameServiceFailed(name, "the name service reports a temporary failure")
                : new Failure.HostNotFound(name);
    }

    private static boolean belongs(InetAddress address, AddressFamily family) {
        return switch (family) {
            case ANY -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }
}
