package org.posthorn.account;

import java.time.Duration;

/**
 * The limit of each stage. Each is an absolute deadline: bytes that drip in do not extend it.
 *
 * @param resolve looking up the host name; default 10 s
 * @param connect all addresses together; default 15 s
 * @param greeting the server's first line; default 10 s, from 1 s to 5 min
 * @param operation any one command, and the TLS handshake; default 60 s
 */
public record Timeouts(Duration resolve, Duration connect, Duration greeting, Duration operation) {
    static final Duration SHORTEST_GREETING = Duration.ofSeconds(1);
    static final Duration LONGEST_GREETING = Duration.ofMinutes(5);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);

    public static Timeouts defaults() {
        return new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /** The limit for taking leave: as an operation, but nobody waits longer than 5 s for a farewell. */
    public Duration farewell() {
        return operation.compareTo(LONGEST_FAREWELL) < 0 ? operation : LONGEST_FAREWELL;
    }

    public Timeouts withResolve(Duration limit) {
        return new Timeouts(limit, connect, greeting, operation);
    }

    public Timeouts withConnect(Duration limit) {
        return new Timeouts(resolve, limit, greeting, operation);
    }

    public Timeouts withGreeting(Duration limit) {
        return new Timeouts(resolve, connect, limit, operation);
    }

    public Timeouts withOperation(Duration limit) {
        return new Timeouts(resolve, connect, greeting, limit);
    }
}
