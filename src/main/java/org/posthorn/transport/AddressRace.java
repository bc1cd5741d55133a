package org.posthorn.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * Several attempts at once, each on a thread of its own and each begun a moment after the one before, or as soon as one has
 * failed (RFC 8305 §5). The first that answers is taken; whoever loses is closed, and recorded as given up.
 */
final class AddressRace {
    private final Dialer dialer;

    private final Deque<InetAddress> waiting;
    private final Duration delay;
    private final Cancellation cancellation;
    private final long deadline;
    private final BlockingQueue<Runner> ended = new LinkedBlockingQueue<>();
    private final List<Runner> running = new ArrayList<>();

    AddressRace(Dialer dialer, List<InetAddress> addresses, Duration delay, Duration limit, Cancellation cancellation) {
        this.dialer = dialer;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.cancellation = cancellation;
        this.waiting = new ArrayDeque<>(inTurn(addresses));
        this.delay = delay;
    }

    /** The addresses of both families in turn, the first one's family first (RFC 8305 §4). */
    static List<InetAddress> inTurn(List<InetAddress> addresses) {
        Deque<InetAddress> first = new ArrayDeque<>();
        Deque<InetAddress> second = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            boolean alike = address.getClass().equals(addresses.getFirst().getClass());
            (alike ? first : second).add(address);
        }
        List<InetAddress> mixed = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            Optional.ofNullable(first.poll()).ifPresent(mixed::add);
            Optional.ofNullable(second.poll()).ifPresent(mixed::add);
        }
        return mixed;
    }

    Socket run() throws FailureException {
        try (var _ = cancellation.onCancel(this::closeAll)) {
            begin();
            while (!running.isEmpty()) {
                Optional<Runner> next = await();
                if (next.isEmpty()) {
                    begin();
                } else if (settle(next.get())) {
                    return next.get().socket;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Cancelled(Phase.CONNECT));
        } finally {
            closeAll();
        }
        throw new FailureException(
                cancellation.isCancelled() ? new Failure.Cancelled(Phase.CONNECT) : dialer.failure());
    }

    /** The next attempt that ends; absent when it is time to begin another. */
    private Optional<Runner> await() throws InterruptedException {
        return Optional.ofNullable(
                waiting.isEmpty() ? ended.take() : ended.poll(delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    private synchronized void begin() {
        InetAddress address = waiting.poll();
        if (address != null && !cancellation.isCancelled()) {
            Runner runner = new Runner(address);
            running.add(runner);
            Thread.ofVirtual().name("posthorn-dial").start(runner);
        }
    }

    /** Records an attempt that has ended, and answers whether it has won. */
    private boolean settle(Runner runner) throws FailureException {
        forget(runner);
        if (cancellation.isCancelled()) {
            Sockets.close(runner.socket);
            throw new FailureException(new Failure.Cancelled(Phase.CONNECT));
        }
        if (runner.failure.isPresent()) {
            throw runner.failure.get();
        }
        if (runner.error.isPresent()) {
            dialer.failed(runner.address, runner.start, runner.error.get(), runner.socket);
            begin();
            return false;
        }
        for (Runner loser : List.copyOf(running)) {
            forget(loser);
            Sockets.close(loser.socket);
            dialer.givenUp(loser.address, loser.start, loser.socket);
        }
        dialer.won(runner.address, runner.start, runner.socket);
        return true;
    }

    private synchronized void forget(Runner runner) {
        running.remove(runner);
    }

    private synchronized void closeAll() {
        running.forEach(runner -> Sockets.close(runner.socket));
    }

    /** One attempt. */
    private final class Runner implements Runnable {
        private final InetAddress address;
        private final long start = System.nanoTime();
        private final Socket socket = new Socket(Proxy.NO_PROXY);
        private Optional<IOException> error = Optional.empty();
        private Optional<FailureException> failure = Optional.empty();

        Runner(InetAddress address) {
            this.address = address;
        }

        @Override
        public void run() {
            try {
                dialer.connect(socket, address, deadline - System.nanoTime());
            } catch (IOException e) {
                Sockets.close(socket);
                error = Optional.of(e);
            } catch (FailureException e) {
                failure = Optional.of(e);
            } finally {
                // What was written before is seen by whoever takes it out.
                ended.add(this);
            }
        }
    }
}
