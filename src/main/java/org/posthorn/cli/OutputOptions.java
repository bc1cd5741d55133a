package org.posthorn.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.LogSettings;
import picocli.CommandLine.Option;

/** What is told, and where. */
final class OutputOptions {
    @Option(names = "--json", description = "One JSON object on standard output, and nothing else there.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "The conversation on standard error as it happens, secrets as dots.")
    private boolean verbose;

    @Option(names = "--log", paramLabel = "FILE", description = "Writes the protocol log, secrets as dots.")
    private @Nullable Path log;

    @Option(
            names = "--log-on",
            description =
                    "Writes the protocol log at its usual place: posthorn.log in the program's folder of logs, unless"
                            + " the account names a file.")
    private boolean on;

    @Option(
            names = "--log-dated",
            description = "Puts the date into the name of the log file; a new one begins at midnight.")
    private boolean dated;

    @Option(names = "--no-log", description = "Writes no log file, whatever a saved account says.")
    private boolean none;

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    /** The log file that is wanted: what is typed goes before what an account says. */
    LogSettings log(LogSettings base) {
        if (none && (on || dated || log != null)) {
            throw new UsageMistake("--no-log goes without --log, --log-on and --log-dated.");
        }
        if (none) {
            return LogSettings.defaults();
        }
        LogSettings wanted = on ? base.withEnabled(true) : base;
        LogSettings named = log == null ? wanted : wanted.withEnabled(true).withFile(Optional.of(log));
        return dated ? named.withEnabled(true).withDated(true) : named;
    }
}
