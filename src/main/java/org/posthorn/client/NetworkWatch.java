package org.posthorn.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Notices that this machine slept, or that its addresses are others, within two seconds; Java has no word from the system about
 * either. A clock that was set forward looks like sleep: it costs a check.
 */
public final class NetworkWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** A busy machine is late as well. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Supplier<Set<String>> addresses;
    private final Consumer<NetworkChange> live;
    private Instant last;
    private Set<String> known;
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private boolean closed;

    /**
     * Looks until it is closed.
     *
     * @param timer on whose thread it looks
     * @param addresses those of this machine, without a zone
     * @param live hears of changes, on a thread of its own each
     */
    public NetworkWatch(
            ScheduledExecutorService timer,
            Clock clock,
            Supplier<Set<String>> addresses,
            Consumer<NetworkChange> live) {
        this.timer = timer;
        this.clock = clock;
        this.addresses = addresses;
        this.live = live;
        this.last = clock.instant();
        this.known = addresses.get();
        remind();
    }

    /** Of this machine as it is. */
    public static NetworkWatch ofMachine(ScheduledExecutorService timer, Clock clock, Consumer<NetworkChange> live) {
        return new NetworkWatch(timer, clock, NetworkWatch::addressesOfMachine, live);
    }

    /** None where the system does not tell. */
    private static Set<String> addressesOfMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .map(address -> address.replaceFirst("%.*", ""))
                    .collect(Collectors.toSet());
        } catch (SocketException _) {
            return Set.of();
        }
    }

    private synchronized void remind() {
        if (!closed) {
            Runnable look = this::look;
            next = Optional.of(timer.schedule(look, PERIOD.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private void look() {
        Instant now = clock.instant();
        Duration slept = Duration.between(last, now).minus(PERIOD);
        last = now;
        // A machine always has an address of its own: none means that the system did not tell.
        Set<String> told = addresses.get();
        Set<String> present = told.isEmpty() ? known : told;
        Set<String> gone = new HashSet<>(known);
        gone.removeAll(present);
        known = present;
        if (!gone.isEmpty()) {
            tell(new NetworkChange.AddressesGone(gone));
        }
        if (slept.compareTo(LATE) > 0) {
            tell(new NetworkChange.Woke(slept));
        }
        remind();
    }

    private void tell(NetworkChange change) {
        Thread.ofVirtual().start(() -> live.accept(change));
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.ifPresent(look -> look.cancel(false));
    }
}
