package org.posthorn.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server of this machine and cuts every connection, each after a number of bytes in both directions together that a
 * seed gives: in the middle of a line, a message or a reply.
 */
public final class CuttingRelay implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ServerSocket listener;
    private final int server;
    private final Random random;
    private final int least;
    private final int most;
    private final AtomicInteger cuts = new AtomicInteger();
    private final List<Line> lines = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Thread accepting;

    /**
     * @param least bytes that pass over a connection
     * @param most bytes at which the last connection is cut
     */
    public CuttingRelay(int server, long seed, int least, int most) throws IOException {
        this.listener = new ServerSocket(0, 50, HERE);
        this.server = server;
        this.random = new Random(seed);
        this.least = least;
        this.most = most;
        this.accepting = Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections were cut. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Line line = new Line(listener.accept(), new Socket(HERE, server), random.nextInt(least, most));
                lines.add(line);
                threads.add(Thread.ofVirtual().start(() -> line.pass(line.client, line.upstream)));
                threads.add(Thread.ofVirtual().start(() -> line.pass(line.upstream, line.client)));
            }
        } catch (IOException _) {
            // Closed: the relay ends.
        }
    }

    /** A connection and how many bytes may still pass over it. */
    private final class Line {
        private final Socket client;
        private final Socket upstream;
        private final AtomicLong left;

        Line(Socket client, Socket upstream, int bytes) {
            this.client = client;
            this.upstream = upstream;
            this.left = new AtomicLong(bytes);
        }

        void pass(Socket from, Socket to) {
            byte[] buffer = new byte[4096];
            try {
                for (int read = from.getInputStream().read(buffer); read >= 0; ) {
                    long before = left.getAndAdd(-read);
                    to.getOutputStream().write(buffer, 0, Math.clamp(before, 0, read));
                    if (before <= read) {
                        cut(before);
                        return;
                    }
                    read = from.getInputStream().read(buffer);
                }
                to.shutdownOutput();
            } catch (IOException _) {
                // One side has gone.
            }
        }

        /** Both directions come here; the one that used the bytes up counts. */
        private void cut(long before) throws IOException {
            if (before > 0) {
                cuts.incrementAndGet();
            }
            close();
        }

        void close() throws IOException {
            client.close();
            upstream.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        join(accepting);
        for (Line line : lines) {
            line.close();
        }
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
