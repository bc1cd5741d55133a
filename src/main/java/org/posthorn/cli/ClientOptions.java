package org.posthorn.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Compression;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Durations;
import org.posthorn.account.Endpoint;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import picocli.CommandLine.Option;

/** How a client keeps its connections, and what it may send. */
final class ClientOptions {
    @Option(
            names = "--assignment",
            paramLabel = "MODE",
            description = "Which connection an operation uses: main-or-default (the default), main or default.")
    private @Nullable String assignment;

    @Option(
            names = "--multi-connection",
            paramLabel = "on|off",
            description = "Whether heavy work takes several connections; off by default.")
    private @Nullable String multiConnection;

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            description =
                    "How many connections heavy work takes, 1 to 64, 5 by default; more than one of them are opened at"
                            + " once with --hold.")
    private @Nullable Integer connections;

    @Option(
            names = "--pipelining",
            paramLabel = "MODE",
            description = "auto (the default: where the server announces it), on or off.")
    private @Nullable String pipelining;

    @Option(
            names = "--compress",
            paramLabel = "on|off",
            description = "Whether IMAP is compressed after the login where the server offers it; off by default.")
    private @Nullable String compression;

    @Option(
            names = "--checkup",
            paramLabel = "TIME",
            description = "How often an idle connection is checked by a NOOP, 5m by default; 0s is never.")
    private @Nullable String checkup;

    @Option(
            names = "--read-only",
            paramLabel = "on|off",
            description =
                    "Changes nothing in an IMAP or POP3 mailbox: nothing is uploaded, and a test message is left where"
                            + " it is found; off by default.")
    private @Nullable String readOnly;

    Endpoint apply(Endpoint base) {
        return applyReadOnly(base.withConnections(connections(base.connections())));
    }

    /** What holds for every mailbox that a command looks into, its own or another. */
    Endpoint applyReadOnly(Endpoint base) {
        return readOnly == null
                ? base
                : base.withConnections(base.connections()
                        .withReadOnly(ServerOptions.choice(
                                "--read-only", readOnly, List.of(true, false), on -> on ? "on" : "off")));
    }

    /** Ends a command that is asked to be careful with a mailbox and has none. */
    void requireMailbox(Endpoint endpoint) {
        if (readOnly != null && endpoint.protocol() == Protocol.SMTP) {
            throw new UsageMistake("--read-only goes with an IMAP or POP3 mailbox; SMTP has none.");
        }
    }

    /** The number alone says that several are meant. */
    private ConnectionSettings connections(ConnectionSettings base) {
        ConnectionSettings settings = assignment == null
                ? base
                : base.withAssignment(chosen("--assignment", assignment, ConnectionAssignment.values()));
        settings = connections == null
                ? settings
                : settings.withQuantity(connections)
                        .withMultiConnection(connections == 1 ? MultiConnection.OFF : MultiConnection.ON);
        settings = multiConnection == null
                ? settings
                : settings.withMultiConnection(ServerOptions.choice(
                        "--multi-connection",
                        multiConnection,
                        List.of(MultiConnection.values()),
                        MultiConnection::word));
        settings = pipelining == null
                ? settings
                : settings.withPipelining(ServerOptions.choice(
                        "--pipelining", pipelining, List.of(Pipelining.values()), Pipelining::word));
        settings = compression == null
                ? settings
                : settings.withCompression(ServerOptions.choice(
                        "--compress", compression, List.of(Compression.values()), Compression::word));
        return checkup == null ? settings : settings.withCheckup(span(checkup));
    }

    private static ConnectionAssignment chosen(String option, String word, ConnectionAssignment[] modes) {
        return ServerOptions.choice(option, word, List.of(modes), ConnectionAssignment::word);
    }

    private static Duration span(String typed) {
        return Durations.parse(typed)
                .orElseThrow(() -> new UsageMistake("--checkup takes a time such as 30s or 5m; 0s is never."));
    }
}
