package org.posthorn.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server of this machine, lets what one side says pass so many times, and cuts the connection in place of the
 * next: before a command is heard, or after it was carried out and before its reply. The connection that follows is cut
 * inside its login.
 */
public final class BoundaryRelay implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** Replies that pass before the login of the connection after the cut is cut too. */
    private static final int REPLIES_OF_HALF_A_LOGIN = 1;

    private final ServerSocket listener;
    private final int server;
    private final Side side;
    private final int at;
    private final AtomicInteger said = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicBoolean nextIsCut = new AtomicBoolean();
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Thread accepting;

    /** Whose words are counted. */
    public enum Side {
        CLIENT,
        SERVER
    }

    /** Something that is done over a relay at that port. */
    @FunctionalInterface
    public interface Work {
        void over(int port, String name) throws Exception;
    }

    private BoundaryRelay(int server, Side side, int at) throws IOException {
        this.listener = new ServerSocket(0, 50, HERE);
        this.server = server;
        this.side = side;
        this.at = at;
        this.accepting = Thread.ofVirtual().start(this::accept);
    }

    /**
     * Does some work again and again, cut at every boundary there is, and once uncut.
     *
     * @param work hears also of a name for each time, of letters and numbers
     * @return how often it was cut, of each side
     */
    public static List<Integer> atEveryBoundary(int server, Work work) throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (Side side : Side.values()) {
            int at = 0;
            boolean cut = true;
            while (cut) {
                at++;
                try (BoundaryRelay relay = new BoundaryRelay(server, side, at)) {
                    work.over(relay.listener.getLocalPort(), side + "-" + at);
                    cut = relay.cuts.get() > 0;
                }
            }
            counts.add(at - 1);
        }
        return counts;
    }

    private void accept() {
        try {
            while (true) {
                Line line = new Line(listener.accept(), new Socket(HERE, server), nextIsCut.getAndSet(false));
                lines.add(line);
                line.start();
            }
        } catch (IOException _) {
            // Closed: the relay ends.
        }
    }

    /** A connection, perhaps one whose login is cut. */
    private final class Line {
        private final Socket client;
        private final Socket upstream;
        private final boolean isCut;
        private final AtomicInteger replies = new AtomicInteger();
        private final List<Thread> threads;

        Line(Socket client, Socket upstream, boolean isCut) {
            this.client = client;
            this.upstream = upstream;
            this.isCut = isCut;
            this.threads = List.of(
                    Thread.ofVirtual().unstarted(() -> pass(client, upstream, Side.CLIENT)),
                    Thread.ofVirtual().unstarted(() -> pass(upstream, client, Side.SERVER)));
        }

        void start() {
            threads.forEach(Thread::start);
        }

        private void pass(Socket from, Socket to, Side speaker) {
            byte[] buffer = new byte[65_536];
            try {
                for (int read = from.getInputStream().read(buffer); read >= 0; ) {
                    if (isBoundary(speaker)) {
                        close();
                        return;
                    }
                    to.getOutputStream().write(buffer, 0, read);
                    read = from.getInputStream().read(buffer);
                }
                to.shutdownOutput();
            } catch (IOException _) {
                // One side has gone.
            }
        }

        private boolean isBoundary(Side speaker) {
            if (speaker == side && said.incrementAndGet() == at) {
                cuts.incrementAndGet();
                nextIsCut.set(true);
                return true;
            }
            return isCut && speaker == Side.SERVER && replies.incrementAndGet() > REPLIES_OF_HALF_A_LOGIN;
        }

        void close() throws IOException {
            client.close();
            upstream.close();
        }

        void end() throws IOException {
            close();
            for (Thread thread : threads) {
                join(thread);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        join(accepting);
        for (Line line : lines) {
            line.end();
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
