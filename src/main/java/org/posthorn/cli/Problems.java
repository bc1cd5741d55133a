package org.posthorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.LoginMechanisms;
import org.posthorn.transport.tls.TlsPreparation;

/** What is wrong with an endpoint, beyond what the form lets a person choose at all. */
final class Problems {
    private Problems() {}

    static List<Problem> of(Endpoint endpoint) {
        List<Problem> typed = endpoint.problems();
        if (typed.stream().anyMatch(Problem::isError)) {
            return typed;
        }
        List<Problem> tls = endpoint.security() == TlsMode.NONE ? List.of() : TlsPreparation.problems(endpoint.tls());
        return Stream.of(typed.stream(), tls.stream(), mechanism(endpoint).stream())
                .flatMap(problems -> problems)
                .toList();
    }

    private static Optional<Problem> mechanism(Endpoint endpoint) {
        return switch (endpoint.login()) {
            case Login.None() -> Optional.empty();
            case Login.Credentials login -> mechanism(endpoint.protocol(), login);
        };
    }

    private static Optional<Problem> mechanism(Protocol protocol, Login.Credentials login) {
        List<String> names = LoginMechanisms.names(protocol, login);
        return login.sasl().mechanisms().stream()
                .filter(name -> !names.contains(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(name -> new Problem(
                        Field.MECHANISM,
                        Problem.Severity.ERROR,
                        "there is no " + name + " for this login over " + protocol.name() + ", "
                                + otherwise(protocol, name) + "choose of " + String.join(", ", names) + "."));
    }

    /** Which options ask for the login that a mechanism belongs to; empty where there is none such. */
    private static String otherwise(Protocol protocol, String mechanism) {
        Map<String, Login.Credentials> logins = new LinkedHashMap<>();
        logins.put("--current-user", Login.currentUser());
        logins.put("a token (--token-env, --token-provider)", Login.accessToken("", Secret.of("")));
        logins.put("a password (--password-env)", Login.password("", Secret.of("")));
        return logins.entrySet().stream()
                .filter(login ->
                        LoginMechanisms.names(protocol, login.getValue()).contains(mechanism.toUpperCase(Locale.ROOT)))
                .map(login -> "it goes with " + login.getKey() + "; or ")
                .findFirst()
                .orElse("");
    }
}
