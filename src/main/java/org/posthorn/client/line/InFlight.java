package org.posthorn.client.line;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Commands that are sent ahead of their replies: as many as fit into the smallest window that a server may have, so that
 * never both sides wait for the other to read. Without pipelining one at a time.
 *
 * @param <C> a command
 */
public final class InFlight<C> {
    /** In octets; what RFC 2920 §3.1 expects at least, and enough for any other server too. */
    private static final int WINDOW = 4096;

    private final Transport transport;
    private final Duration limit;
    private final boolean pipelined;
    private final Function<C, String> line;
    private final BiPredicate<C, List<C>> mayFollow;
    private final Queue<C> queue = new ArrayDeque<>();
    private final Deque<C> waiting = new ArrayDeque<>();

    /**
     * For some commands in their order.
     *
     * @param line what is sent for a command, without its end
     * @param mayFollow whether a command may be sent while those wait for their reply
     */
    public InFlight(
            Transport transport,
            Duration limit,
            boolean pipelined,
            Function<C, String> line,
            BiPredicate<C, List<C>> mayFollow) {
        this.transport = transport;
        this.limit = limit;
        this.pipelined = pipelined;
        this.line = line;
        this.mayFollow = mayFollow;
    }

    public void add(List<C> commands) {
        queue.addAll(commands);
    }

    /** Sends what may be sent now, in one write; returns those that wait for their reply, the oldest first. */
    public List<C> send() throws FailureException {
        // Half a window has to be free: a write for each reply would cost more than it gains.
        if (octets() <= WINDOW / 2) {
            write();
        }
        return List.copyOf(waiting);
    }

    private void write() throws FailureException {
        List<String> together = new ArrayList<>();
        while (!queue.isEmpty() && fits(queue.element())) {
            C command = queue.remove();
            together.add(line.apply(command) + "\r\n");
            waiting.add(command);
        }
        if (!together.isEmpty()) {
            byte[] bytes = String.join("", together).getBytes(StandardCharsets.UTF_8);
            transport.exchange(limit, lines -> {
                lines.sendRaw(bytes);
                return bytes;
            });
        }
    }

    /** The reply to a command has come. */
    public void answered(C command) {
        waiting.remove(command);
    }

    private boolean fits(C next) {
        return waiting.isEmpty()
                || (pipelined && octets() + length(next) <= WINDOW && mayFollow.test(next, List.copyOf(waiting)));
    }

    private int octets() {
        return waiting.stream().mapToInt(this::length).sum();
    }

    private int length(C command) {
        return line.apply(command).getBytes(StandardCharsets.UTF_8).length + 2;
    }
}
