package org.posthorn.account;

import java.time.Duration;

/**
 * How a client keeps its connections, how it sends on them, and what it may send.
 *
 * @param assignment which connection an operation uses when none is passed; default MAIN_OR_DEFAULT
 * @param checkup how often an idle connection is checked by a command that asks for nothing; default 5 min, zero is never
 * @param multiConnection whether heavy work takes several connections; default OFF
 * @param quantity how many it takes then; default 5, from {@value #FEWEST} to {@value #MOST}
 * @param pipelining default AUTO
 * @param compression default OFF, since a test looks for what fails, and plain lines fail in fewer ways
 * @param readOnly whether nothing in a mailbox is changed: folders are opened with EXAMINE (RFC 9051 §6.3.3), and APPEND,
 *     STORE, EXPUNGE, COPY, MOVE, CREATE, DELETE, RENAME, SUBSCRIBE and POP3's DELE are never sent; default false. SMTP has
 *     no mailbox, and sends all the same
 */
public record ConnectionSettings(
        ConnectionAssignment assignment,
        Duration checkup,
        MultiConnection multiConnection,
        int quantity,
        Pipelining pipelining,
        Compression compression,
        boolean readOnly) {
    public static final int FEWEST = 1;
    public static final int MOST = 64;

    public static ConnectionSettings defaults() {
        return new ConnectionSettings(
                ConnectionAssignment.MAIN_OR_DEFAULT,
                Duration.ofMinutes(5),
                MultiConnection.OFF,
                5,
                Pipelining.AUTO,
                Compression.OFF,
                false);
    }

    /** How many connections heavy work takes. */
    public int connectionsForHeavyWork() {
        return multiConnection == MultiConnection.ON ? quantity : 1;
    }

    public ConnectionSettings withAssignment(ConnectionAssignment chosen) {
        return new ConnectionSettings(chosen, checkup, multiConnection, quantity, pipelining, compression, readOnly);
    }

    public ConnectionSettings withCheckup(Duration period) {
        return new ConnectionSettings(assignment, period, multiConnection, quantity, pipelining, compression, readOnly);
    }

    public ConnectionSettings withMultiConnection(MultiConnection chosen) {
        return new ConnectionSettings(assignment, checkup, chosen, quantity, pipelining, compression, readOnly);
    }

    public ConnectionSettings withQuantity(int connections) {
        return new ConnectionSettings(
                assignment, checkup, multiConnection, connections, pipelining, compression, readOnly);
    }

    public ConnectionSettings withPipelining(Pipelining chosen) {
        return new ConnectionSettings(assignment, checkup, multiConnection, quantity, chosen, compression, readOnly);
    }

    public ConnectionSettings withCompression(Compression chosen) {
        return new ConnectionSettings(assignment, checkup, multiConnection, quantity, pipelining, chosen, readOnly);
    }

    public ConnectionSettings withReadOnly(boolean reading) {
        return new ConnectionSettings(assignment, checkup, multiConnection, quantity, pipelining, compression, reading);
    }
}
