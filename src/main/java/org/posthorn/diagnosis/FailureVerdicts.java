package org.posthorn.diagnosis;

import java.util.List;
import org.posthorn.timeline.Failure;

/** What each kind of failure means; the first verdict is the one that counts. */
final class FailureVerdicts {
    private FailureVerdicts() {}

    static List<Verdict> of(Situation situation, Failure failure) {
        List<Verdict> verdicts =
                ProxyVerdicts.reaching(situation, failure).map(List::of).orElseGet(() -> judge(situation, failure));
        return verdicts.stream()
                .map(verdict -> withServerText(verdict, failure))
                .toList();
    }

    private static Verdict withServerText(Verdict verdict, Failure failure) {
        return failure.serverText()
                .map(text -> verdict.seen(failure.stage(), speaker(failure), text))
                .orElse(verdict);
    }

    private static String speaker(Failure failure) {
        return switch (failure) {
            case Failure.ProxyRefused _ -> "proxyText";
            case Failure.TokenRefused _ -> "tokenText";
            default -> "serverText";
        };
    }

    private static List<Verdict> judge(Situation situation, Failure failure) {
        return switch (failure) {
            case Failure.HostNotFound lookup -> List.of(ConnectVerdicts.of(situation, lookup));
            case Failure.NameServiceFailed lookup -> List.of(ConnectVerdicts.of(lookup));
            case Failure.NoAddressOfFamily lookup -> List.of(ConnectVerdicts.of(lookup));
            case Failure.ConnectionRefused dial -> List.of(ConnectVerdicts.of(dial));
            case Failure.ConnectTimeout dial -> List.of(ConnectVerdicts.of(situation, dial));
            case Failure.NetworkUnreachable dial -> List.of(ConnectVerdicts.of(dial));
            case Failure.BindFailed dial -> List.of(ConnectVerdicts.of(situation, dial));
            case Failure.SystemProxyUnusable proxy -> List.of(ProxyVerdicts.of(proxy));
            case Failure.ProxyRefused proxy -> List.of(ProxyVerdicts.of(proxy));
            case Failure.ProxyMismatch proxy -> List.of(ProxyVerdicts.of(situation, proxy));
            case Failure.ProxyTlsFailed proxy -> ProxyVerdicts.of(situation, proxy);
            case Failure.TlsNotSpoken tls -> List.of(TlsVerdicts.of(situation, tls));
            case Failure.ClosedOnArrival closed -> List.of(TlsVerdicts.of(closed));
            case Failure.HandshakeTimeout timeout -> List.of(TlsVerdicts.of(situation, timeout));
            case Failure.HandshakeFailed tls -> List.of(TlsVerdicts.of(situation, tls));
            case Failure.CertificateRejected tls -> CertificateVerdicts.of(situation, tls.problems());
            case Failure.TlsSettingsUnusable tls -> List.of(TlsVerdicts.of(tls));
            case Failure.GreetingTimeout greeting -> List.of(GreetingVerdicts.of(situation, greeting));
            case Failure.GreetingRefused greeting -> List.of(GreetingVerdicts.of(greeting));
            case Failure.WrongProtocol greeting -> List.of(GreetingVerdicts.of(greeting));
            case Failure.StarttlsNotOffered _ -> List.of(StarttlsVerdicts.notOffered(situation));
            case Failure.StarttlsRefused starttls -> List.of(StarttlsVerdicts.of(situation, starttls));
            case Failure.StarttlsInjection injection -> List.of(StarttlsVerdicts.of(injection));
            case Failure.PlaintextNotAllowed _ -> List.of(StarttlsVerdicts.onlyPlaintext(situation));
            case Failure.PreauthBeforeTls _ -> List.of(StarttlsVerdicts.preauth(situation));
            case Failure.LoginDisabled login -> List.of(LoginVerdicts.of(situation, login));
            case Failure.AuthenticationNotOffered login -> List.of(LoginVerdicts.of(situation, login));
            case Failure.MechanismNotOffered login -> List.of(LoginVerdicts.of(situation, login));
            case Failure.MechanismUnusable login -> List.of(LoginVerdicts.of(login));
            case Failure.NoTicket login -> List.of(TicketVerdicts.of(login));
            case Failure.ServerNotProven login -> List.of(LoginVerdicts.of(login));
            case Failure.LoginRejected login ->
                TokenMismatches.explaining(situation, RejectionVerdicts.of(situation, login));
            case Failure.TokenRefused token -> List.of(TokenProviderVerdicts.of(situation, token));
            case Failure.TokenEndpointFailed token -> List.of(TokenProviderVerdicts.of(situation, token));
            case Failure.SignInUnfinished token -> List.of(TokenProviderVerdicts.of(token));
            case Failure.TokenSettingsUnusable token -> List.of(TokenProviderVerdicts.of(token));
            case Failure.TokenCommandFailed token -> List.of(TokenProviderVerdicts.of(token));
            case Failure.TimedOut stall -> List.of(SessionVerdicts.of(stall));
            case Failure.ConnectionLost loss -> List.of(SessionVerdicts.of(situation, loss));
            case Failure.ServerEnded end -> List.of(SessionVerdicts.of(situation, end));
            case Failure.CommandRejected rejection -> List.of(SessionVerdicts.of(situation, rejection));
            case Failure.ProtocolViolation violation -> List.of(SessionVerdicts.of(violation));
            case Failure.TooMuchReceived flood -> List.of(SessionVerdicts.of(flood));
            case Failure.Cancelled _ -> List.of();
        };
    }
}
