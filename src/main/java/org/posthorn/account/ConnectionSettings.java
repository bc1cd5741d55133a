package org.posthorn.account;

import java.time.Duration;

/**
 * How a client keeps its connections.
 *
 * @param checkup how often an idle connection is checked by a command that asks for nothing; default 5 min, zero is never
 */
public record ConnectionSettings(ConnectionAssignment assignment, Duration checkup) {
    public static ConnectionSettings defaults() {
        return new ConnectionSettings(ConnectionAssignment.MAIN_OR_DEFAULT, Duration.ofMinutes(5));
    }

    public ConnectionSettings withAssignment(ConnectionAssignment chosen) {
        return new ConnectionSettings(chosen, checkup);
    }

    public ConnectionSettings withCheckup(Duration period) {
        return new ConnectionSettings(assignment, period);
    }
}
