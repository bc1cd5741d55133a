package org.posthorn.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    Optional<Path> log() {
        return Optional.ofNullable(log);
    }
}
