package org.posthorn.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.account.HostNames;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * Opens a TCP connection to the first address that answers, each attempt recorded: in the order given, or the families in turn
 * and each a moment after the one before (RFC 8305).
 */
final class Dialer {
    /** Before the next address is begun (RFC 8305 §5, Connection Attempt Delay). */
    static final Duration STAGGER = Duration.ofMillis(250);

    private final int port;
    private final Optional<InetAddress> bind;
    private final Duration limit;
    private final Optional<Duration> stagger;
    private final Cancellation cancellation;
    private final Consumer<Facts.Connected> progress;
    private final List<Facts.Attempt> tried = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    private enum Reason {
        REFUSED,
        TIMEOUT,
        /** Accepted, and ended before the connection could be used. */
        RESET,
        UNREACHABLE
    }

    /** @param stagger between the beginnings of attempts; absent for one after the other */
    Dialer(
            int port,
            Optional<InetAddress> bind,
            Duration limit,
            Optional<Duration> stagger,
            Cancellation cancellation,
            Consumer<Facts.Connected> progress) {
        this.port = port;
        this.bind = bind;
        this.limit = limit;
        this.stagger = stagger;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    Socket dial(List<InetAddress> addresses) throws FailureException {
        refuseOtherFamily(addresses);
        return stagger.isPresent()
                ? new AddressRace(this, addresses, stagger.get(), limit, cancellation).run()
                : oneAfterAnother(addresses);
    }

    /** The system says of an address of the other family no more than that there is no way to it. */
    private void refuseOtherFamily(List<InetAddress> addresses) throws FailureException {
        Optional<InetAddress> local = bind.filter(address -> !address.isAnyLocalAddress());
        if (local.isPresent() && addresses.stream().noneMatch(it -> isOfSameFamily(it, local.get()))) {
            throw new FailureException(new Failure.BindFailed(
                    HostNames.text(local.get()), "no address to connect to is of the same IP version"));
        }
    }

    private static boolean isOfSameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet6Address == other instanceof Inet6Address;
    }

    private Socket oneAfterAnother(List<InetAddress> addresses) throws FailureException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (int i = 0; i < addresses.size(); i++) {
            long left = deadline - System.nanoTime();
            // An address that swallows packets must not use up the time of those after it.
            long share = left / (addresses.size() - i);
            Optional<Socket> socket = attempt(addresses.get(i), share);
            if (socket.isPresent()) {
                return socket.get();
            }
        }
        throw new FailureException(failure());
    }

    private Optional<Socket> attempt(InetAddress address, long nanos) throws FailureException {
        long start = System.nanoTime();
        // Without a proxy selector: a plain Socket would ask the JVM's own.
        Socket socket = new Socket(Proxy.NO_PROXY);
        try (var _ = cancellation.onCancel(() -> Sockets.close(socket))) {
            connect(socket, address, nanos);
            won(address, start, socket);
            return Optional.of(socket);
        } catch (IOException e) {
            Sockets.close(socket);
            if (cancellation.isCancelled()) {
                throw new FailureException(new Failure.Cancelled(Phase.CONNECT));
            }
            failed(address, start, e, socket);
            return Optional.empty();
        }
    }

    void connect(Socket socket, InetAddress address, long nanos) throws IOException, FailureException {
        if (bind.isPresent()) {
            bind(socket, bind.get());
        }
        socket.setTcpNoDelay(true);
        int millis = Math.clamp(nanos / 1_000_000, 1, Integer.MAX_VALUE);
        socket.connect(new InetSocketAddress(address, port), millis);
    }

    private static void bind(Socket socket, InetAddress local) throws IOException, FailureException {
        try {
            socket.bind(new InetSocketAddress(local, 0));
        } catch (BindException e) {
            Sockets.close(socket);
            throw new FailureException(new Failure.BindFailed(HostNames.text(local), words(e)));
        }
    }

    void won(InetAddress address, long start, Socket socket) {
        record(address, start, Optional.empty(), socket);
    }

    void failed(InetAddress address, long start, IOException e, Socket socket) {
        record(address, start, Optional.of(words(e)), socket);
        reasons.add(reason(e));
    }

    void givenUp(InetAddress address, long start, Socket socket) {
        publish(Facts.Attempt.givenUp(HostNames.text(address), port, since(start)), socket);
    }

    private void record(InetAddress address, long start, Optional<String> error, Socket socket) {
        publish(new Facts.Attempt(HostNames.text(address), port, since(start), error), socket);
    }

    private void publish(Facts.Attempt attempt, Socket socket) {
        tried.add(attempt);
        boolean reached = attempt.error().isEmpty();
        progress.accept(new Facts.Connected(
                tried,
                port,
                reached ? Optional.of(attempt.address()) : Optional.empty(),
                reached ? Optional.of(HostNames.text(socket.getLocalAddress())) : Optional.empty()));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    Failure failure() {
        List<Facts.Attempt> attempts = List.copyOf(tried);
        if (reasons.contains(Reason.REFUSED)) {
            return new Failure.ConnectionRefused(attempts, port);
        }
        if (reasons.contains(Reason.RESET)) {
            return new Failure.ConnectionLost(Phase.CONNECT, "the server reset the connection");
        }
        return reasons.contains(Reason.TIMEOUT)
                ? new Failure.ConnectTimeout(attempts, port, limit)
                : new Failure.NetworkUnreachable(attempts, port);
    }

    private static Reason reason(IOException e) {
        return switch (e) {
            case SocketTimeoutException _ -> Reason.TIMEOUT;
            case NoRouteToHostException _ -> Reason.UNREACHABLE;
            case ConnectException refused -> words(refused).contains("timed out") ? Reason.TIMEOUT : Reason.REFUSED;
            default -> words(e).contains("reset") ? Reason.RESET : Reason.UNREACHABLE;
        };
    }

    private static String words(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
