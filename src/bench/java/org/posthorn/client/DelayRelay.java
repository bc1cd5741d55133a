package org.posthorn.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Passes bytes on to a server of this machine, each half of a round trip later than it got them; nothing is held back longer. */
public final class DelayRelay implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ServerSocket listener;
    private final int server;
    private final long delayNanos;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param roundTrip what the relay adds to each */
    public DelayRelay(int server, Duration roundTrip) throws IOException {
        this.listener = new ServerSocket(0, 50, HERE);
        this.server = server;
        this.delayNanos = roundTrip.toNanos() / 2;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Bytes and when they are due, numbered in the order they came: all are held equally long, so none overtakes another. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Parcel(byte[] bytes, long number, long due) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(number, ((Parcel) other).number());
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket upstream = new Socket(HERE, server);
                pass(client, upstream);
                pass(upstream, client);
            }
        } catch (IOException _) {
            // Closed: the relay ends.
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        sockets.add(from);
        from.setTcpNoDelay(true);
        DelayQueue<Parcel> parcels = new DelayQueue<>();
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        Thread.ofVirtual().start(() -> receive(in, parcels));
        Thread.ofVirtual().start(() -> deliver(parcels, out));
    }

    private void receive(InputStream in, DelayQueue<Parcel> parcels) {
        byte[] buffer = new byte[16 * 1024];
        long number = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                parcels.put(new Parcel(Arrays.copyOf(buffer, read), number++, System.nanoTime() + delayNanos));
            }
        } catch (IOException _) {
            // One side has closed.
        }
        parcels.put(new Parcel(new byte[0], number, System.nanoTime() + delayNanos));
    }

    private static void deliver(DelayQueue<Parcel> parcels, OutputStream out) {
        try (out) {
            for (Parcel next = parcels.take(); next.bytes().length > 0; next = parcels.take()) {
                out.write(next.bytes());
            }
        } catch (IOException | InterruptedException _) {
            // One side has closed.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
