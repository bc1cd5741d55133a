package org.posthorn.timeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Takes the secrets out of a server's words: it may repeat what it was told, or what it remembers. */
final class Masking {
    private final UnaryOperator<String> mask;

    Masking(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    Facts of(Facts facts) {
        return switch (facts) {
            case Facts.Greeted(var text, var probe) -> new Facts.Greeted(text.map(mask), probe);
            case Facts.Announced(var stage, var capabilities, var asked) ->
                new Facts.Announced(stage, of(capabilities), asked);
            case Facts.StarttlsAnswer(var text) -> new Facts.StarttlsAnswer(text.map(mask));
            case Facts.LoggedIn(var mechanism, var user, var offered, var answer, var token) ->
                new Facts.LoggedIn(mechanism, user, of(offered), answer.map(this::of), token);
            case Facts.TokenSought(var flow, var requests, var signIn, var origin, var token) ->
                new Facts.TokenSought(flow, requests.stream().map(this::of).toList(), signIn, origin, token);
            case Facts.Live(var roundTrip, var compressed, var server) ->
                new Facts.Live(roundTrip, compressed, of(server));
            case Facts.None _,
                    Facts.Resolved _,
                    Facts.SystemProxy _,
                    Facts.ProxyResolved _,
                    Facts.Tunnelled _,
                    Facts.Connected _,
                    TlsFacts _ -> facts;
        };
    }

    private Facts.TokenRequest of(Facts.TokenRequest request) {
        return new Facts.TokenRequest(
                request.endpoint(),
                request.status(),
                request.elapsed(),
                request.error().map(mask));
    }

    private LoginAnswer of(LoginAnswer answer) {
        return switch (answer) {
            case LoginAnswer.Accepted(var text, var status) -> new LoginAnswer.Accepted(mask.apply(text), status);
            case LoginAnswer.Rejected(var text, var status, var code, var saslError, var offer) ->
                new LoginAnswer.Rejected(mask.apply(text), status, code.map(mask), saslError.map(mask), offer);
        };
    }

    Failure of(Failure failure) {
        return switch (failure) {
            case Failure.TlsNotSpoken(var text) -> new Failure.TlsNotSpoken(mask.apply(text));
            case Failure.GreetingRefused(var text) -> new Failure.GreetingRefused(mask.apply(text));
            case Failure.WrongProtocol(var spoken, var text) -> new Failure.WrongProtocol(spoken, mask.apply(text));
            case Failure.StarttlsNotOffered(var capabilities) -> new Failure.StarttlsNotOffered(of(capabilities));
            case Failure.StarttlsRefused(var text) -> new Failure.StarttlsRefused(mask.apply(text));
            case Failure.StarttlsInjection(var text) -> new Failure.StarttlsInjection(mask.apply(text));
            case Failure.PreauthBeforeTls(var text) -> new Failure.PreauthBeforeTls(mask.apply(text));
            case Failure.LoginDisabled(var capabilities) -> new Failure.LoginDisabled(of(capabilities));
            case Failure.AuthenticationNotOffered(var capabilities) ->
                new Failure.AuthenticationNotOffered(of(capabilities));
            case Failure.MechanismNotOffered(var usable, var offered) ->
                new Failure.MechanismNotOffered(usable, of(offered));
            case Failure.LoginRejected(var mechanism, var announced, var text, var code, var saslError) ->
                new Failure.LoginRejected(mechanism, announced, mask.apply(text), code.map(mask), saslError.map(mask));
            case Failure.ServerEnded(var stage, var text) -> new Failure.ServerEnded(stage, mask.apply(text));
            case Failure.CommandRejected(var stage, var command, var text) ->
                new Failure.CommandRejected(stage, command, mask.apply(text));
            case Failure.ProtocolViolation(var stage, var detail, var received) ->
                new Failure.ProtocolViolation(stage, detail, mask.apply(received));
            case Failure.ProxyRefused(var spoken, var reason, var text) ->
                new Failure.ProxyRefused(spoken, reason, mask.apply(text));
            case Failure.TokenRefused(var endpoint, var status, var error, var description, var uri) ->
                new Failure.TokenRefused(endpoint, status, mask.apply(error), description.map(mask), uri.map(mask));
            case Failure.TokenEndpointFailed(var endpoint, var detail, var reason, var answer) ->
                new Failure.TokenEndpointFailed(
                        endpoint,
                        mask.apply(detail),
                        reason.map(this::of),
                        answer.map(each -> new Failure.HttpAnswer(
                                each.status(), each.words().map(mask))));
            case Failure.SignInUnfinished(var end, var detail) -> new Failure.SignInUnfinished(end, mask.apply(detail));
            case Failure.TokenCommandFailed(var program, var detail) ->
                new Failure.TokenCommandFailed(program, mask.apply(detail));
            case Failure.TokenSettingsUnusable _,
                    Failure.HostNotFound _,
                    Failure.NameServiceFailed _,
                    Failure.NoAddressOfFamily _,
                    Failure.ConnectionRefused _,
                    Failure.ConnectTimeout _,
                    Failure.NetworkUnreachable _,
                    Failure.BindFailed _,
                    Failure.SystemProxyUnusable _,
                    Failure.ProxyMismatch _,
                    Failure.ProxyTlsFailed _,
                    Failure.HandshakeFailed _,
                    Failure.HandshakeTimeout _,
                    Failure.ClosedOnArrival _,
                    Failure.CertificateRejected _,
                    Failure.TlsSettingsUnusable _,
                    Failure.GreetingTimeout _,
                    Failure.PlaintextNotAllowed _,
                    Failure.MechanismUnusable _,
                    Failure.NoTicket _,
                    Failure.ServerNotProven _,
                    Failure.TimedOut _,
                    Failure.ConnectionLost _,
                    Failure.TooMuchReceived _,
                    Failure.Cancelled _ -> failure;
        };
    }

    private Map<String, String> of(Map<String, String> words) {
        Map<String, String> masked = new LinkedHashMap<>();
        words.forEach((name, value) -> masked.put(mask.apply(name), mask.apply(value)));
        return masked;
    }

    private List<String> of(List<String> words) {
        return words.stream().map(mask).toList();
    }
}
