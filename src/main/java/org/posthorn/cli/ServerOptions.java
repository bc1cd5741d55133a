package org.posthorn.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which server, and how TLS is come by. */
final class ServerOptions {
    @ArgGroup(exclusive = true)
    private Target target = new Target();

    @Option(
            names = "--protocol",
            paramLabel = "imap|pop3|smtp",
            description = "The endpoint of --account, where it has several.")
    private @Nullable String protocol;

    @Option(
            names = "--security",
            paramLabel = "MODE",
            description = "none, implicit, starttls, any (either form of TLS; the default) or auto.")
    private @Nullable String security;

    @Option(names = "--allow-plaintext", description = "Lets --security auto end without TLS.")
    private boolean allowPlaintext;

    /** One of four ways to say which server. */
    static final class Target {
        @Option(names = "--imap", paramLabel = "HOST[:PORT]", description = "An IMAP server; IPv6 in brackets.")
        private @Nullable String imap;

        @Option(names = "--pop3", paramLabel = "HOST[:PORT]", description = "A POP3 server.")
        private @Nullable String pop3;

        @Option(names = "--smtp", paramLabel = "HOST[:PORT]", description = "An SMTP server.")
        private @Nullable String smtp;

        @Option(names = "--account", paramLabel = "NAME", description = "A saved account.")
        private @Nullable String account;
    }

    /** The endpoint that these options describe. */
    Endpoint endpoint(SavedAccounts accounts) {
        return apply(base(accounts));
    }

    /** The same, where a saved account's endpoint of this protocol need not be named. */
    Endpoint endpoint(Protocol wanted, SavedAccounts accounts) {
        return target.account != null && protocol == null
                ? apply(accounts.endpoint(target.account, Optional.of(wanted)))
                : endpoint(accounts);
    }

    /** The endpoint of this protocol that a saved account has beside; absent where it has none. */
    Optional<Endpoint> other(Protocol wanted, SavedAccounts accounts) {
        return Optional.ofNullable(target.account).flatMap(name -> accounts.find(name, wanted));
    }

    /** Whether they name a saved account. */
    boolean isSaved() {
        return target.account != null;
    }

    private Endpoint base(SavedAccounts accounts) {
        if (target.account != null) {
            return accounts.endpoint(
                    target.account, Optional.ofNullable(protocol).map(ServerOptions::protocol));
        }
        if (protocol != null) {
            throw new UsageMistake("--protocol belongs to --account; a server is given as --imap, --pop3 or --smtp.");
        }
        return Stream.of(
                        typed(Protocol.IMAP, target.imap),
                        typed(Protocol.POP3, target.pop3),
                        typed(Protocol.SMTP, target.smtp))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() ->
                        new UsageMistake("say which server: --imap, --pop3 or --smtp HOST[:PORT], or --account NAME."));
    }

    private static Optional<Endpoint> typed(Protocol protocol, @Nullable String address) {
        return Optional.ofNullable(address)
                .map(typed -> HostAndPort.parse("--" + protocol.word(), typed).endpoint(protocol));
    }

    private Endpoint apply(Endpoint base) {
        Endpoint secured = security == null ? base : base.withSecurity(mode(security));
        return allowPlaintext ? secured.withAllowPlaintext(true) : secured;
    }

    private static Protocol protocol(String word) {
        return choice("--protocol", word, List.of(Protocol.values()), Protocol::word);
    }

    private static TlsMode mode(String word) {
        return choice("--security", word, Arrays.asList(TlsMode.values()), TlsMode::word);
    }

    /** The one of several things that a word names, whatever its case. */
    static <T> T choice(String option, String word, List<T> all, Function<T, String> name) {
        return all.stream()
                .filter(each -> name.apply(each).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageMistake(
                        option + " takes " + all.stream().map(name).collect(Collectors.joining(", ")) + "."));
    }
}
