package org.posthorn.client.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.posthorn.account.Timeouts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Waits on a connection for the server to tell of a change in the folder that is open: IDLE (RFC 2177, RFC 9051 §6.3.13). */
public final class ImapIdle {
    private static final Pattern NEWS =
            Pattern.compile("(?i)\\* (\\d+ (EXISTS|EXPUNGE)|VANISHED|BYE)\\b.*", Pattern.DOTALL);

    private final Transport transport;
    private final Timeouts timeouts;
    private final ScheduledExecutorService timer;
    private int tags;

    /**
     * For one connection.
     *
     * @param timer reminds of the end of a period
     */
    public ImapIdle(Transport transport, Timeouts timeouts, ScheduledExecutorService timer) {
        this.transport = transport;
        this.timeouts = timeouts;
        this.timer = timer;
    }

    /** Whether a line tells of a change, or of the server's leave. */
    public static boolean isNews(String untagged) {
        return NEWS.matcher(untagged).matches();
    }

    /**
     * Waits until messages come or go, at most for the period; the limit for each reply is the operation timeout.
     *
     * @return the untagged lines that came
     * @throws FailureException when the server refuses, which leaves the connection as it was, or when it is lost
     */
    public List<String> await(Duration atMost) throws FailureException {
        Idling idling = new Idling("i" + ++tags);
        transport.exchange(timeouts.operation(), idling::begin);
        transport.exchange(atMost.plus(timeouts.operation()), lines -> idling.listen(lines, atMost));
        transport.exchange(timeouts.operation(), idling::leave);
        return idling.untagged;
    }

    /** One IDLE command. */
    private final class Idling {
        private final String tag;
        private final List<String> untagged = new ArrayList<>();
        private final AtomicBoolean leaving = new AtomicBoolean();
        private boolean ended;

        Idling(String tag) {
            this.tag = tag;
        }

        boolean begin(Transport.Lines lines) throws IOException, FailureException {
            lines.send(tag + " IDLE");
            for (String line = line(lines); !line.startsWith("+"); line = line(lines)) {
                hear(line);
                if (ended) {
                    throw new FailureException(new Failure.CommandRejected(transport.phase(), "IDLE", line));
                }
            }
            return true;
        }

        boolean listen(Transport.Lines lines, Duration atMost) throws IOException, FailureException {
            // On a thread of its own: a server that does not read must not stop the timer.
            Runnable remind = () -> Thread.ofVirtual().start(() -> sayDone(lines));
            Future<?> end = timer.schedule(remind, atMost.toNanos(), TimeUnit.NANOSECONDS);
            try {
                while (!ended && untagged.stream().noneMatch(ImapIdle::isNews)) {
                    hear(line(lines));
                }
            } finally {
                end.cancel(false);
            }
            return true;
        }

        boolean leave(Transport.Lines lines) throws IOException, FailureException {
            if (!ended && leaving.compareAndSet(false, true)) {
                lines.send("DONE");
            }
            while (!ended) {
                hear(line(lines));
            }
            return true;
        }

        private void sayDone(Transport.Lines lines) {
            if (leaving.compareAndSet(false, true)) {
                try {
                    lines.send("DONE");
                } catch (IOException _) {
                    // The one that reads meets the same end of the connection.
                }
            }
        }

        private String line(Transport.Lines lines) throws IOException, FailureException {
            return Farewell.line(transport, lines, untagged);
        }

        private void hear(String line) throws FailureException {
            if (line.startsWith(tag + " ")) {
                ended = true;
            } else if (line.startsWith("* ")) {
                keep(line);
            } else {
                throw new FailureException(new Failure.ProtocolViolation(
                        transport.phase(),
                        "a line that is neither untagged nor the end of IDLE",
                        transport.masked(line)));
            }
        }

        /** What servers say to keep a connection alive would add up. */
        private void keep(String line) {
            if (isNews(line)) {
                untagged.add(line);
            }
        }
    }
}
