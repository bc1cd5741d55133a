package org.posthorn.diagnosis;

import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.HostNames;
import org.posthorn.account.ProxyKind;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Failure.ProxyRefusal;
import org.posthorn.timeline.Phase;

/** Failures on the way to a proxy and through it. */
final class ProxyVerdicts {
    private ProxyVerdicts() {}

    /** The proxy could not be reached; absent when the endpoint has none, or the failure is about the server. */
    static Optional<Verdict> reaching(Situation situation, Failure failure) {
        boolean system = situation
                .endpoint()
                .proxy()
                .filter(proxy -> proxy.kind() == ProxyKind.SYSTEM)
                .isPresent();
        String variant = system ? "systemProxy" : "proxy";
        return situation
                .proxy()
                .flatMap(proxy -> judge(situation.endpoint(), proxy, variant, failure)
                        .map(verdict -> verdict.at(system ? Field.PROXY : Field.PROXY_HOST)
                                .with("proxy", proxy)));
    }

    private static Optional<Verdict> judge(Endpoint endpoint, String proxy, String variant, Failure failure) {
        return switch (failure) {
            case Failure.HostNotFound lookup ->
                isProxy(endpoint, proxy, lookup.host())
                        ? Optional.of(Verdict.of(Cause.DNS_NO_SUCH_HOST, variant, 0.95))
                        : Optional.empty();
            case Failure.ConnectionRefused _ -> Optional.of(Verdict.of(Cause.CONNECTION_REFUSED, variant, 0.9));
            case Failure.ConnectTimeout _, Failure.NetworkUnreachable _ ->
                Optional.of(Verdict.of(Cause.CONNECT_TIMEOUT_FIREWALL, variant, 0.85));
            case Failure.TimedOut stall
            when stall.stage() == Phase.TUNNEL -> Optional.of(silent(Spans.text(stall.limit())));
            case Failure.ConnectionLost loss
            when loss.stage() == Phase.TUNNEL || loss.stage() == Phase.CONNECT ->
                Optional.of(Verdict.of(Cause.CONNECTION_LOST, variant, 0.8)
                        .with("phase", loss.stage().label())
                        .seen(loss.stage(), "system", loss.detail()));
            default -> Optional.empty();
        };
    }

    private static Verdict silent(String limit) {
        return Verdict.of(Cause.CONNECTION_LOST, "proxySilent", 0.8)
                .with("limit", limit)
                .seen(Phase.TUNNEL, "timeout", limit);
    }

    private static boolean isProxy(Endpoint endpoint, String proxy, String looked) {
        String name = HostNames.ascii(HostNames.plain(proxy.replaceFirst(":\\d+$", "")));
        return looked.equals(name) && !looked.equals(HostNames.ascii(endpoint.hostName()));
    }

    static Verdict of(Failure.SystemProxyUnusable failure) {
        return Verdict.of(Cause.SETTINGS_UNUSABLE, "systemProxy", 0.95)
                .at(Field.PROXY)
                .with("source", failure.source())
                .with("detail", failure.detail())
                .seen(Phase.RESOLVE, "system", failure.source() + ": " + failure.detail());
    }

    static Verdict of(Failure.ProxyRefused failure) {
        return verdict(failure.reason()).with("kind", failure.spoken());
    }

    private static Verdict verdict(ProxyRefusal reason) {
        return switch (reason) {
            case LOGIN_REQUIRED -> Verdict.of(Cause.PROXY_AUTH_REQUIRED, 0.95).at(Field.PROXY_PASSWORD);
            case LOGIN_REJECTED ->
                Verdict.of(Cause.PROXY_AUTH_REQUIRED, "rejected", 0.95).at(Field.PROXY_PASSWORD);
            case LOGIN_METHOD_MISSING ->
                Verdict.of(Cause.PROXY_AUTH_REQUIRED, "method", 0.9).at(Field.PROXY_PASSWORD);
            case POLICY -> Verdict.of(Cause.PROXY_DENIED, 0.95);
            case TARGET_UNREACHABLE ->
                Verdict.of(Cause.PROXY_TARGET_UNREACHABLE, 0.9).at(Field.PORT);
            case UNSUPPORTED ->
                Verdict.of(Cause.PROXY_DENIED, "unsupported", 0.8).at(Field.PROXY);
            case UNSPECIFIED ->
                Verdict.of(Cause.PROXY_TARGET_UNREACHABLE, "unspecified", 0.55).at(Field.PORT);
        };
    }

    static Verdict of(Situation situation, Failure.ProxyMismatch failure) {
        return Verdict.of(Cause.PROXY_PROTOCOL_MISMATCH, 0.9)
                .at(Field.PROXY)
                .with("kind", failure.spoken())
                .with("proxy", name(situation))
                .with("detail", failure.detail())
                .seen(Phase.TUNNEL, "system", failure.detail());
    }

    static List<Verdict> of(Situation situation, Failure.ProxyTlsFailed failure) {
        if (failure.problems().isEmpty()) {
            return List.of(Verdict.of(Cause.PROXY_PROTOCOL_MISMATCH, "tls", 0.7)
                    .at(Field.PROXY)
                    .with("proxy", name(situation))
                    .with("detail", failure.detail())
                    .seen(Phase.TUNNEL, "system", failure.detail()));
        }
        return CertificateVerdicts.of(situation, failure.problems()).stream()
                .map(verdict -> ofProxy(verdict, name(situation)))
                .toList();
    }

    /** A certificate's fault is the same at a proxy, but other people and settings can mend it. */
    private static Verdict ofProxy(Verdict fault, String proxy) {
        return new Verdict(
                        fault.cause(),
                        "proxy",
                        fault.severity(),
                        fault.confidence(),
                        Actor.NETWORK,
                        Optional.of(fault.cause() == Cause.CERT_NAME_MISMATCH ? Field.PROXY_HOST : Field.TRUST),
                        fault.values(),
                        fault.evidence().stream()
                                .map(clue -> new Clue(Phase.TUNNEL, clue.sentence(), clue.value()))
                                .toList())
                .with("proxy", proxy);
    }

    private static String name(Situation situation) {
        return situation.proxy().orElse("");
    }
}
