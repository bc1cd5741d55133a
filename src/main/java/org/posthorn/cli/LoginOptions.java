package org.posthorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who logs in. A password is never an argument: other users of the machine can read those. */
final class LoginOptions {
    private static final int LONGEST_PASSWORD = 64 * 1024;

    @Option(names = "--user", paramLabel = "NAME", description = "The user name. Without one there is no login.")
    private @Nullable String user;

    @ArgGroup(exclusive = true)
    private Source source = new Source();

    @Option(
            names = "--mechanism",
            paramLabel = "NAME",
            description = "The one mechanism to send: a SASL name such as PLAIN or SCRAM-SHA-256, IMAP-LOGIN (the"
                    + " command) or USER (POP3 USER and PASS); without it the first in common with the server.")
    private @Nullable String mechanism;

    @Option(names = "--no-login", description = "Ends after the capabilities, without a login.")
    private boolean noLogin;

    /** One of three ways to hand over a password. */
    static final class Source {
        @Option(names = "--password-env", paramLabel = "VARIABLE", description = "The password is in this variable.")
        private @Nullable String variable;

        @Option(names = "--password-file", paramLabel = "FILE", description = "The password is in this file.")
        private @Nullable Path file;

        @Option(names = "--password-stdin", description = "The password comes on standard input.")
        private boolean standardInput;
    }

    boolean login() {
        return !noLogin;
    }

    Endpoint apply(Endpoint base, Console console) {
        if (noLogin) {
            return base.withLogin(Login.none());
        }
        Optional<Secret> secret = secret(console);
        return switch (base.login()) {
            case Login.None() ->
                user == null ? withoutUser(base, secret) : withLogin(base, user, secret, Optional.empty());
            case Login.Password(String saved, Secret _, Optional<String> chosen) ->
                withLogin(base, user == null ? saved : user, secret, chosen);
        };
    }

    private Endpoint withoutUser(Endpoint base, Optional<Secret> secret) {
        if (secret.isPresent() || mechanism != null) {
            throw new UsageMistake("a login needs a user name; add --user NAME.");
        }
        return base;
    }

    private Endpoint withLogin(Endpoint base, String name, Optional<Secret> secret, Optional<String> chosen) {
        Optional<String> sent = Optional.ofNullable(mechanism).or(() -> chosen);
        Login.Password login = new Login.Password(name, secret.orElse(Secret.of("")), sent);
        if (secret.isEmpty() && login.needsPassword()) {
            throw new UsageMistake(
                    "a login needs a password; add --password-env, --password-file or --password-stdin, or"
                            + " --no-login.");
        }
        return base.withLogin(login);
    }

    private Optional<Secret> secret(Console console) {
        if (source.variable != null) {
            return Optional.of(inVariable(source.variable, console));
        }
        if (source.file != null) {
            return Optional.of(inFile(source.file));
        }
        return source.standardInput ? Optional.of(onStandardInput(console)) : Optional.empty();
    }

    private static Secret inVariable(String variable, Console console) {
        return Optional.ofNullable(console.environment().get(variable))
                .map(Secret::of)
                .orElseThrow(() -> new UsageMistake("--password-env names a variable that is not set."));
    }

    private static Secret inFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return withoutLineEnd(in, "--password-file");
        } catch (IOException _) {
            throw new UsageMistake("--password-file names a file that cannot be read: " + file + ".");
        }
    }

    private static Secret onStandardInput(Console console) {
        try {
            return withoutLineEnd(console.in(), "--password-stdin");
        } catch (IOException _) {
            throw new UsageMistake("--password-stdin: standard input cannot be read.");
        }
    }

    /** One line end at the end is the editor's or the shell's and not the password's. */
    private static Secret withoutLineEnd(InputStream in, String option) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST_PASSWORD + 1);
        if (bytes.length > LONGEST_PASSWORD) {
            throw new UsageMistake(option + " holds more than a password: it is longer than 64 KiB.");
        }
        return Secret.of(new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", ""));
    }
}
