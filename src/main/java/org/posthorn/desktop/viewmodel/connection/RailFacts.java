package org.posthorn.desktop.viewmodel.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.TlsVersion;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.TlsFacts;

/** What a phase learnt, in a word and in a line. */
record RailFacts(String word, String line) {

    static RailFacts of(Facts facts) {
        return switch (facts) {
            case Facts.None() -> new RailFacts("", "");
            case Facts.Resolved(String name, List<String> addresses) -> resolved(name, addresses);
            case Facts.SystemProxy(String source, Optional<String> proxy) ->
                new RailFacts("", source + ": " + proxy.orElse("no proxy"));
            case Facts.ProxyResolved(String proxy, List<String> addresses, boolean _) -> resolved(proxy, addresses);
            case Facts.Tunnelled tunnel ->
                new RailFacts(tunnel.kind(), tunnel.destination() + " through " + tunnel.proxy());
            case Facts.Connected connected -> connected(connected);
            case TlsFacts tls -> tls(tls);
            case Facts.Greeted(Optional<String> text, var probe) ->
                new RailFacts("", text.or(() -> probe.map(RailFacts::probed)).orElse(""));
            case Facts.Announced(var _, List<String> capabilities, boolean _) ->
                new RailFacts(
                        Integer.toString(capabilities.size()),
                        capabilities.size() + " capabilities: " + String.join(" ", capabilities));
            case Facts.StarttlsAnswer(Optional<String> text) -> new RailFacts("", text.orElse(""));
            case Facts.LoggedIn login -> login(login);
            case Facts.TokenSought sought -> sought(sought);
            case Facts.Live(Duration roundTrip, boolean compressed, Map<String, String> server) ->
                new RailFacts(
                        "",
                        "answered a NOOP in " + roundTrip.toMillis() + " ms"
                                + (compressed ? ", compressed" : "")
                                + (server.containsKey("name") ? "; says it is " + server.get("name") : ""));
        };
    }

    private static RailFacts resolved(String name, List<String> addresses) {
        String count = addresses.size() > 1 ? addresses.size() + " addresses" : "";
        return new RailFacts(count, addresses.isEmpty() ? name : name + " is " + String.join(", ", addresses));
    }

    private static RailFacts connected(Facts.Connected connected) {
        String count = connected.tried().size() > 1 ? connected.tried().size() + " tried" : "";
        return new RailFacts(
                count,
                connected
                        .address()
                        .map(address -> "connected to " + address + ", port " + connected.port())
                        .orElse("no address answered"));
    }

    private static RailFacts tls(TlsFacts tls) {
        String version = tls.version().map(TlsVersion::spoken).orElse("").replace("TLS ", "");
        String line = tls.version()
                .map(v -> TlsVersion.spoken(v) + tls.cipher().map(c -> ", " + c).orElse(""))
                .orElse("no session; offered " + String.join(", ", tls.offered()));
        return new RailFacts(version, line);
    }

    private static RailFacts sought(Facts.TokenSought sought) {
        if (sought.signIn().isPresent()) {
            return new RailFacts(
                    "sign in",
                    "waiting for the sign-in at " + sought.signIn().get().address());
        }
        String line = sought.requests().isEmpty()
                ? "getting a token"
                : "asked " + sought.requests().getLast().endpoint() + " for a token";
        return new RailFacts("token", sought.origin().isPresent() ? "the token is there" : line);
    }

    private static RailFacts login(Facts.LoggedIn login) {
        String mechanism = login.mechanism().orElse("");
        return new RailFacts(mechanism, login.text().orElse(mechanism));
    }

    private static String probed(Facts.Probe probe) {
        return switch (probe) {
            case TLS_ANSWERED -> "no greeting; the port speaks TLS";
            case PLAINTEXT_ANSWERED -> "no greeting; the port answers TLS with plaintext";
            case SILENT -> "no greeting, and no answer to TLS";
            case NOT_POSSIBLE -> "no greeting; a second connection was not possible";
            case NOT_NEEDED -> "no complete greeting";
        };
    }
}
