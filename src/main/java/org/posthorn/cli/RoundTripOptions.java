package org.posthorn.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Durations;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.mailbox.FindingOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whether and where the message is looked for after it was sent. */
final class RoundTripOptions {
    @Option(
            names = "--round-trip",
            description = "Looks for the message in the account's own mailbox (IMAP, else POP3), and deletes it.")
    private boolean roundTrip;

    @ArgGroup(exclusive = true)
    private Target target = new Target();

    @Option(
            names = "--find-security",
            paramLabel = "MODE",
            description = "How TLS is come by there; as --security, any by default.")
    private @Nullable String security;

    @Option(
            names = "--find-user",
            paramLabel = "NAME",
            description = "The user there, where it is another than the sender's.")
    private @Nullable String user;

    @ArgGroup(exclusive = true)
    private Source source = new Source();

    @Option(names = "--wait", paramLabel = "TIME", description = "How long it is looked for at most: 60s by default.")
    private @Nullable String patience;

    @Option(names = "--keep", description = "Leaves the message where it is found.")
    private boolean keep;

    /** Where it should arrive. */
    static final class Target {
        @Option(
                names = "--find-imap",
                paramLabel = "HOST[:PORT]",
                description = "Looks for the message at this IMAP server.")
        private @Nullable String imap;

        @Option(names = "--find-pop3", paramLabel = "HOST[:PORT]", description = "The same at a POP3 server.")
        private @Nullable String pop3;
    }

    /** The password of --find-user. */
    static final class Source {
        @Option(
                names = "--find-password-env",
                paramLabel = "VARIABLE",
                description = "The password there is in this variable.")
        private @Nullable String variable;

        @Option(
                names = "--find-password-file",
                paramLabel = "FILE",
                description = "The password there is in this file.")
        private @Nullable Path file;
    }

    boolean isAsked() {
        return roundTrip || target.imap != null || target.pop3 != null;
    }

    /** How it is looked for. */
    FindingOptions finding() {
        FindingOptions defaults = FindingOptions.defaults();
        Duration longest = patience == null
                ? defaults.patience()
                : Durations.parse(patience)
                        .orElseThrow(() -> new UsageMistake("--wait takes a time such as 500ms, 10s or 2m."));
        return new FindingOptions(longest, !keep);
    }

    /** Where it is looked for; what is not said of this server is as for the one that sends. */
    Optional<Endpoint> endpoint(Endpoint sender, EndpointOptions options, Console console, SavedAccounts accounts) {
        if (!isAsked()) {
            return nothingElse();
        }
        Endpoint found = typed(Protocol.IMAP, target.imap, sender)
                .or(() -> typed(Protocol.POP3, target.pop3, sender))
                .or(() -> saved(options, accounts))
                .orElseThrow(() -> new UsageMistake(
                        "--round-trip needs a mailbox to look into: give --find-imap or --find-pop3 HOST[:PORT], or an"
                                + " --account that has one."));
        Endpoint secured = security == null ? found : found.withSecurity(mode(security));
        Endpoint complete = login(console).map(secured::withLogin).orElse(secured);
        if (complete.login() instanceof Login.None) {
            throw new UsageMistake("--round-trip needs a login at the mailbox: give --find-user and"
                    + " --find-password-env, or --user.");
        }
        return Optional.of(complete);
    }

    private Optional<Endpoint> nothingElse() {
        if (security != null || user != null || patience != null || keep) {
            throw new UsageMistake(
                    "--find-security, --find-user, --wait and --keep go with --round-trip, --find-imap or"
                            + " --find-pop3.");
        }
        return Optional.empty();
    }

    private static Optional<Endpoint> saved(EndpointOptions options, SavedAccounts accounts) {
        return options.isSaved()
                ? Stream.of(Protocol.IMAP, Protocol.POP3)
                        .flatMap(protocol -> options.other(protocol, accounts).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Endpoint> typed(Protocol protocol, @Nullable String address, Endpoint sender) {
        return Optional.ofNullable(address)
                .map(typed ->
                        HostAndPort.parse("--find-" + protocol.word(), typed).endpoint(protocol))
                .map(server -> sender.withProtocol(protocol)
                        .withHost(server.host())
                        .withPort(server.port())
                        .withSecurity(TlsMode.ANY_TLS));
    }

    private Optional<Login> login(Console console) {
        Optional<Secret> password =
                new SecretSource("--find-password", source.variable, source.file, false).read(console);
        if (user == null) {
            if (password.isPresent()) {
                throw new UsageMistake("--find-password goes with --find-user.");
            }
            return Optional.empty();
        }
        return Optional.of(Login.password(
                user,
                password.orElseThrow(
                        () -> new UsageMistake("--find-user needs --find-password-env or --find-password-file."))));
    }

    private static TlsMode mode(String word) {
        return ServerOptions.choice("--find-security", word, Arrays.asList(TlsMode.values()), TlsMode::word);
    }
}
