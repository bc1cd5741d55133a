package org.posthorn.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.account.HostNames;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.TlsFacts;

/** What a phase learnt, as JSON. */
final class FactsJson {
    private FactsJson() {}

    static Map<String, Object> of(Facts facts) {
        return switch (facts) {
            case Facts.None() -> Map.of();
            case Facts.Resolved(String name, List<String> addresses) -> object("name", name, "addresses", addresses);
            case Facts.SystemProxy(String source, Optional<String> proxy) ->
                object("systemProxy", proxy.orElse("direct"), "source", source);
            case Facts.ProxyResolved(String proxy, List<String> addresses, boolean resolvesServer) ->
                object("proxy", proxy, "addresses", addresses, "resolvedBy", resolver(resolvesServer));
            case Facts.Tunnelled tunnel ->
                object(
                        "kind",
                        tunnel.kind(),
                        "proxy",
                        tunnel.proxy(),
                        "destination",
                        tunnel.destination(),
                        "resolvedBy",
                        resolver(tunnel.resolvedByProxy()));
            case Facts.Connected connected -> connected(connected);
            case TlsFacts tls -> handshake(tls);
            case Facts.Greeted greeted ->
                object("text", greeted.text(), "probe", greeted.probe().map(FactsJson::camel));
            case Facts.Announced announced ->
                object(
                        "stage",
                        word(announced.stage()),
                        "capabilities",
                        announced.capabilities(),
                        "asked",
                        announced.asked());
            case Facts.StarttlsAnswer answer -> object("text", answer.text());
            case Facts.LoggedIn login -> login(login);
            case Facts.TokenSought sought -> TokenFactsJson.of(sought);
            case Facts.Live(Duration roundTrip, boolean compressed, Map<String, String> server) ->
                object("roundTripMillis", millis(roundTrip), "compressed", compressed, "server", server);
        };
    }

    /** Milliseconds with a fraction, to the microsecond. */
    static double millis(Duration span) {
        return Math.round(span.toNanos() / 1e3) / 1e3;
    }

    /** {@code beforeTls}, {@code afterTls}, {@code afterLogin}. */
    static String word(Facts.Stage stage) {
        return camel(stage);
    }

    /** Who turned the server's name into an address. */
    private static String resolver(boolean proxy) {
        return proxy ? "proxy" : "here";
    }

    private static String camel(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        name.setCharAt(0, Character.toLowerCase(name.charAt(0)));
        return name.toString();
    }

    private static Map<String, Object> connected(Facts.Connected connected) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", connected.address());
        json.put("port", connected.port());
        json.put("local", connected.local());
        json.put("tried", connected.tried().stream().map(FactsJson::attempt).toList());
        return json;
    }

    private static Map<String, Object> attempt(Facts.Attempt attempt) {
        return object(
                "address",
                attempt.address(),
                "port",
                attempt.port(),
                "millis",
                millis(attempt.elapsed()),
                "error",
                attempt.error());
    }

    private static Map<String, Object> login(Facts.LoggedIn login) {
        return object(
                "mechanism",
                login.mechanism(),
                "user",
                login.user(),
                "offered",
                login.offered(),
                "accepted",
                login.accepted(),
                "answer",
                login.text(),
                "code",
                login.answer().map(LoginAnswer::status).orElse(OptionalInt.empty()),
                "token",
                login.token().map(TokenFactsJson::of));
    }

    private static Map<String, Object> handshake(TlsFacts tls) {
        return object(
                "requested",
                tls.requested(),
                "offered",
                tls.offered(),
                "serverName",
                sentName(tls),
                "version",
                tls.version(),
                "cipher",
                tls.cipher(),
                "trusted",
                tls.trusted(),
                "clientCertificate",
                tls.clientAuthentication().map(FactsJson::clientAuthentication));
    }

    /** The whole of a handshake, with its certificates. */
    static Map<String, Object> tls(TlsFacts tls) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", tls.version());
        json.put("cipher", tls.cipher());
        json.put("requested", tls.requested());
        json.put("offered", tls.offered());
        json.put("offeredCiphers", tls.hellos().cipherSuites());
        json.put("offeredGroups", tls.hellos().groups());
        json.put("group", tls.hellos().group());
        json.put("serverName", sentName(tls));
        json.put(
                "certificates",
                tls.certificates().stream().map(FactsJson::certificate).toList());
        json.put("built", tls.built().stream().map(FactsJson::certificate).toList());
        json.put("trusted", tls.trusted());
        json.put("pinned", tls.pinned());
        json.put(
                "revocation",
                tls.revocations().stream().map(FactsJson::revocation).toList());
        json.put("stapleMissing", tls.stapleMissing());
        json.put("clientCertificate", tls.clientAuthentication().map(FactsJson::clientAuthentication));
        json.put("problems", tls.problems().stream().map(FactsJson::kind).toList());
        return json;
    }

    /** An address is compared with the certificate, and not sent as SNI (RFC 6066 §3). */
    private static Optional<String> sentName(TlsFacts tls) {
        return Optional.of(tls.serverName()).filter(name -> !HostNames.isIpLiteral(name));
    }

    private static Map<String, Object> revocation(Revocation revocation) {
        return object(
                "subject",
                revocation.subject(),
                "status",
                revocation.status().name().toLowerCase(Locale.ROOT),
                "source",
                revocation.source().name().toLowerCase(Locale.ROOT),
                "from",
                Optional.of(revocation.from()).filter(address -> !address.isEmpty()),
                "thisUpdate",
                revocation.knownAt().map(Instant::toString),
                "nextUpdate",
                revocation.until().map(Instant::toString),
                "detail",
                Optional.of(revocation.detail()).filter(detail -> !detail.isEmpty()));
    }

    private static Map<String, Object> clientAuthentication(TlsFacts.ClientAuthentication asked) {
        return object("issuers", asked.issuers(), "shown", asked.shown());
    }

    private static String kind(CertificateProblem problem) {
        return problem.getClass().getSimpleName();
    }

    private static Map<String, Object> certificate(CertificateFacts certificate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", certificate.subject());
        json.put("issuer", certificate.issuer());
        json.put("names", certificate.names());
        json.put("notBefore", certificate.notBefore().toString());
        json.put("notAfter", certificate.notAfter().toString());
        json.put("key", certificate.key());
        json.put("signature", certificate.signature());
        json.put("serial", certificate.serial());
        json.put("sha256", certificate.sha256());
        return json;
    }

    /** Names and values by turns, in their order. */
    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return json;
    }
}
