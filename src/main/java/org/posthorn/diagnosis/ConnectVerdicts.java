package org.posthorn.diagnosis;

import java.util.List;
import org.posthorn.account.Field;
import org.posthorn.account.HostNames;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** Failures before the first byte: no address, or no connection to one. */
final class ConnectVerdicts {
    private ConnectVerdicts() {}

    static Verdict of(Situation situation, Failure.HostNotFound failure) {
        boolean dotted = failure.host().contains(".");
        return Verdict.of(Cause.DNS_NO_SUCH_HOST, dotted ? "" : "undotted", 0.95)
                .at(Field.HOST)
                .seen(Phase.RESOLVE, "noSuchHost", situation.endpoint().hostName());
    }

    static Verdict of(Failure.NameServiceFailed failure) {
        return Verdict.of(Cause.DNS_TEMPORARY, 0.9).seen(Phase.RESOLVE, "nameService", failure.detail());
    }

    static Verdict of(Failure.NoAddressOfFamily failure) {
        boolean six = failure.family().contains("6");
        Cause cause = six ? Cause.IPV6_UNREACHABLE : Cause.DNS_NO_SUCH_HOST;
        return Verdict.of(cause, "family", 0.9)
                .by(Actor.USER)
                .at(Field.ADDRESS_FAMILY)
                .with("family", six ? "IPv6" : "IPv4")
                .with("otherFamily", six ? "IPv4" : "IPv6");
    }

    static Verdict of(Failure.ConnectionRefused failure) {
        return tried(Verdict.of(Cause.CONNECTION_REFUSED, 0.9).by(Actor.USER).at(Field.PORT), failure.tried());
    }

    static Verdict of(Situation situation, Failure.ConnectTimeout failure) {
        Verdict verdict = situation.onRelayPort()
                ? Verdict.of(Cause.PORT25_BLOCKED, 0.8).at(Field.PORT)
                : onlyIpv6(failure.tried())
                        ? ipv6()
                        : Verdict.of(Cause.CONNECT_TIMEOUT_FIREWALL, 0.8).at(Field.PORT);
        return tried(verdict.with("limit", Spans.text(failure.limit())), failure.tried());
    }

    static Verdict of(Failure.NetworkUnreachable failure) {
        Verdict verdict =
                onlyIpv6(failure.tried()) ? ipv6() : Verdict.of(Cause.CONNECT_TIMEOUT_FIREWALL, "unreachable", 0.8);
        return tried(verdict, failure.tried());
    }

    static Verdict of(Situation situation, Failure.BindFailed failure) {
        boolean six = HostNames.isIpv6Literal(failure.address());
        List<String> addresses = situation.dialled();
        if (!addresses.isEmpty() && addresses.stream().allMatch(it -> HostNames.isIpv6Literal(it) != six)) {
            return Verdict.of(Cause.SETTINGS_UNUSABLE, "bindFamily", 0.95)
                    .at(Field.BIND)
                    .with("bind", failure.address())
                    .with("family", six ? "IPv6" : "IPv4")
                    .with("otherFamily", six ? "IPv4" : "IPv6")
                    .seen(Phase.CONNECT, "system", failure.detail());
        }
        return Verdict.of(Cause.SETTINGS_UNUSABLE, "bind", 0.95)
                .at(Field.BIND)
                .with("bind", failure.address())
                .seen(Phase.CONNECT, "system", failure.detail());
    }

    private static Verdict ipv6() {
        return Verdict.of(Cause.IPV6_UNREACHABLE, 0.8).at(Field.ADDRESS_FAMILY);
    }

    private static boolean onlyIpv6(List<Facts.Attempt> tried) {
        return !tried.isEmpty() && tried.stream().allMatch(a -> HostNames.isIpv6Literal(a.address()));
    }

    private static Verdict tried(Verdict verdict, List<Facts.Attempt> tried) {
        Verdict told = verdict;
        for (Facts.Attempt attempt : tried) {
            String address = attempt.address() + " port " + attempt.port();
            told = told.seen(
                    Phase.CONNECT,
                    "tried",
                    attempt.error().map(e -> address + ": " + e).orElse(address));
        }
        return told;
    }
}
