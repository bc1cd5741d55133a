package org.posthorn.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.TlsFacts;

/** What a phase learnt, in a few words. */
final class PhaseSummary {
    private PhaseSummary() {}

    static String of(Facts facts) {
        return switch (facts) {
            case Facts.None() -> "";
            case Facts.Resolved(String _, List<String> addresses) -> String.join(", ", addresses);
            case Facts.SystemProxy(String source, Optional<String> proxy) ->
                proxy.orElse("no proxy") + ", according to " + source;
            case Facts.ProxyResolved(String proxy, List<String> addresses, boolean resolvesServer) ->
                "proxy " + proxy + ": " + String.join(", ", addresses)
                        + (resolvesServer ? "; the proxy resolves the server" : "");
            case Facts.Tunnelled tunnel ->
                tunnel.destination() + " through " + tunnel.kind() + " proxy " + tunnel.proxy();
            case Facts.Connected connected ->
                connected
                        .address()
                        .map(address -> address + " port " + connected.port())
                        .orElse("");
            case TlsFacts tls -> tls(tls);
            case Facts.Greeted greeted ->
                greeted.text().orElse("").lines().findFirst().orElse("");
            case Facts.Announced announced -> announced.capabilities().size() + " " + stage(announced.stage());
            case Facts.StarttlsAnswer answer -> answer.text().orElse("");
            case Facts.LoggedIn login ->
                login.mechanism().orElse("no mechanism")
                        + (login.user().isEmpty() ? "" : " as " + login.user())
                        + login.token()
                                .map(token -> ", " + TokenSummary.of(token))
                                .orElse("");
            case Facts.TokenSought sought -> TokenSummary.of(sought);
            case Facts.Live(Duration roundTrip, boolean compressed, Map<String, String> server) ->
                "answers within " + millis(roundTrip)
                        + (compressed ? ", compressed" : "")
                        + (server.containsKey("name") ? ", says it is " + server.get("name") : "");
        };
    }

    static String stage(Facts.Stage stage) {
        return switch (stage) {
            case BEFORE_TLS -> "without TLS";
            case AFTER_TLS -> "under TLS";
            case AFTER_LOGIN -> "after login";
        };
    }

    static String millis(Duration span) {
        return String.format(Locale.ROOT, "%.1f ms", span.toNanos() / 1e6);
    }

    private static String client(TlsFacts.ClientAuthentication asked) {
        String accepts = asked.issuers().isEmpty() ? "" : " of " + String.join(" or ", asked.issuers());
        return "client certificate" + accepts + " asked for, "
                + asked.shown().map(subject -> subject + " shown").orElse("none shown");
    }

    /** Of the server's own certificate. */
    private static Optional<String> revocation(TlsFacts tls) {
        return tls.revocations().stream()
                .filter(it -> it.link() == 0)
                .findFirst()
                .map(it -> switch (it.status()) {
                    case GOOD -> "not revoked (" + it.source().label() + ")";
                    case REVOKED -> "revoked (" + it.source().label() + ")";
                    case UNKNOWN -> "revocation unknown (" + it.detail() + ")";
                });
    }

    private static String tls(TlsFacts tls) {
        Optional<String> expiry = tls.certificates().stream()
                .findFirst()
                .map(leaf -> "certificate until " + LocalDate.ofInstant(leaf.notAfter(), ZoneOffset.UTC));
        return String.join(
                ", ",
                Stream.of(
                                tls.version(),
                                tls.cipher(),
                                expiry,
                                revocation(tls),
                                tls.clientAuthentication().map(PhaseSummary::client))
                        .flatMap(Optional::stream)
                        .toList());
    }
}
