package org.posthorn.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Secret;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What opens the vault in which a saved account may keep its secrets. */
final class VaultOptions {
    @ArgGroup(exclusive = true)
    private Source source = new Source();

    /** One of three ways to hand over the passphrase. */
    static final class Source {
        @Option(
                names = "--vault-passphrase-env",
                paramLabel = "VARIABLE",
                description =
                        "The passphrase of the vault, where --account keeps its secrets there, is in this variable.")
        private @Nullable String variable;

        @Option(
                names = "--vault-passphrase-file",
                paramLabel = "FILE",
                description = "The passphrase of the vault is in this file.")
        private @Nullable Path file;

        @Option(
                names = "--vault-passphrase-stdin",
                description = "The passphrase of the vault comes on standard input.")
        private boolean onInput;
    }

    Optional<Secret> passphrase(Console console) {
        return new SecretSource("--vault-passphrase", source.variable, source.file, source.onInput).read(console);
    }

    boolean readsInput() {
        return source.onInput;
    }
}
