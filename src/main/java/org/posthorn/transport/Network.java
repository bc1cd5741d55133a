package org.posthorn.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.wire.RecordTap;

/** This machine's way to servers. Creating it does no I/O; closing it ends its timer thread. */
public final class Network implements AutoCloseable {
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);

    private final Resolver resolver;
    private final ByteCaps caps;
    private final ScheduledExecutorService timer;

    public Network(AddressLookup lookup, ByteCaps caps) {
        this(lookup, caps, timer());
    }

    /** With a timer for the deadlines, which {@link #close()} ends. */
    public Network(AddressLookup lookup, ByteCaps caps, ScheduledExecutorService timer) {
        this.resolver = new Resolver(lookup);
        this.caps = caps;
        this.timer = timer;
    }

    /** With the operating system's resolver. */
    public static Network system() {
        return new Network(AddressLookup.system(), ByteCaps.defaults());
    }

    /** The addresses of the endpoint's host, of the IP version it asks for. */
    public List<InetAddress> resolve(Endpoint endpoint, Cancellation cancellation) throws FailureException {
        return resolver.resolve(
                HostNames.ascii(endpoint.hostName()),
                endpoint.addressFamily(),
                endpoint.timeouts().resolve(),
                cancellation);
    }

    /**
     * Connects to the first address that answers.
     *
     * @param progress hears of each address as it was tried
     */
    public Transport connect(
            Endpoint endpoint,
            List<InetAddress> addresses,
            int port,
            Cancellation cancellation,
            Taps taps,
            Consumer<Facts.Connected> progress)
            throws FailureException {
        Duration limit = endpoint.timeouts().connect();
        Socket socket = new Dialer(port, bindAddress(endpoint), limit, cancellation, progress).dial(addresses);
        try {
            return new Transport(socket, new Guard(timer, cancellation), caps, taps);
        } catch (IOException e) {
            Sockets.close(socket);
            throw new FailureException(new Failure.ConnectionLost(Phase.CONNECT, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Finds out on a second connection whether a port that stays silent waits for TLS. No credential is sent, and the
     * certificate does not matter.
     *
     * @param records hears the records of this connection alone
     */
    public Facts.Probe probe(
            Transport silent, ClientHandshake handshake, Cancellation cancellation, RecordTap records) {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            return new Guard(timer, cancellation).within(LONGEST_PROBE, socket, () -> {
                InetSocketAddress peer = silent.peer();
                socket.connect(peer);
                handshake.run(new TappedSocket(socket, records), peer.getAddress(), peer.getPort());
                return Facts.Probe.TLS_ANSWERED;
            });
        } catch (FailureException | IOException e) {
            return answer(records, e);
        } finally {
            Sockets.close(socket);
            records.flush();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Facts.Probe answer(RecordTap records, Exception e) {
        if (records.notTls().isPresent()) {
            return Facts.Probe.PLAINTEXT_ANSWERED;
        }
        if (records.receivedAnything()) {
            return Facts.Probe.TLS_ANSWERED;
        }
        return e instanceof Guard.DeadlinePassed ? Facts.Probe.SILENT : Facts.Probe.NOT_POSSIBLE;
    }

    private static Optional<InetAddress> bindAddress(Endpoint endpoint) throws FailureException {
        if (endpoint.bind().isEmpty()) {
            return Optional.empty();
        }
        String typed = HostNames.plain(endpoint.bind().get());
        try {
            return Optional.of(InetAddress.ofLiteral(typed));
        } catch (IllegalArgumentException _) {
            throw new FailureException(new Failure.BindFailed(typed, "not an IP address"));
        }
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("posthorn-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
