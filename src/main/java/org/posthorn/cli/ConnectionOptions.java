package org.posthorn.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.AddressFamily;
import org.posthorn.account.AddressOrder;
import org.posthorn.account.Durations;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Timeouts;
import picocli.CommandLine.Option;

/** From where, by which addresses and how long. */
final class ConnectionOptions {
    @Option(names = "--bind", paramLabel = "ADDRESS", description = "The local address to connect from.")
    private @Nullable String bind;

    @Option(
            names = "--ip",
            paramLabel = "4|6|any",
            description = "Only IPv4 or only IPv6 addresses; any (the default) of both.")
    private @Nullable String family;

    @Option(
            names = "--addresses",
            paramLabel = "ORDER",
            description = "How several addresses are tried: in-order (the default) or happy-eyeballs.")
    private @Nullable String order;

    @Option(names = "--ehlo", paramLabel = "NAME", description = "The name that SMTP's EHLO says.")
    private @Nullable String ehlo;

    @Option(
            names = "--resolve-timeout",
            paramLabel = "TIME",
            description = "The limit for the name service: 500ms, 10s (the default), 2m.")
    private @Nullable String resolve;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "The limit for the connection, 15s by default.")
    private @Nullable String connect;

    @Option(
            names = "--greeting-timeout",
            paramLabel = "TIME",
            description = "The limit for the greeting, 10s by default, from 1s to 5m.")
    private @Nullable String greeting;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The limit for each command and for the TLS handshake, 60s by default.")
    private @Nullable String operation;

    Endpoint apply(Endpoint base) {
        Endpoint local = bind == null ? base : base.withBind(Optional.of(bind));
        Endpoint named = ehlo == null ? local : local.withEhlo(Optional.of(ehlo));
        Endpoint addressed = family == null ? named : named.withAddressFamily(chosen(family));
        Endpoint ordered = order == null
                ? addressed
                : addressed.withAddressOrder(
                        ServerOptions.choice("--addresses", order, List.of(AddressOrder.values()), AddressOrder::word));
        return ordered.withTimeouts(limits(base.timeouts()));
    }

    private static AddressFamily chosen(String number) {
        return switch (number) {
            case "4" -> AddressFamily.IPV4;
            case "6" -> AddressFamily.IPV6;
            case "any" -> AddressFamily.ANY;
            default -> throw new UsageMistake("--ip takes 4, 6 or any.");
        };
    }

    private Timeouts limits(Timeouts base) {
        Timeouts limits = limit(base, "--resolve-timeout", resolve, Timeouts::withResolve);
        limits = limit(limits, "--connect-timeout", connect, Timeouts::withConnect);
        limits = limit(limits, "--greeting-timeout", greeting, Timeouts::withGreeting);
        return limit(limits, "--timeout", operation, Timeouts::withOperation);
    }

    private static Timeouts limit(
            Timeouts base, String option, @Nullable String typed, BiFunction<Timeouts, Duration, Timeouts> change) {
        if (typed == null) {
            return base;
        }
        Duration span = Durations.parse(typed)
                .orElseThrow(() -> new UsageMistake(option + " takes a time such as 500ms, 10s or 2m."));
        return change.apply(base, span);
    }
}
