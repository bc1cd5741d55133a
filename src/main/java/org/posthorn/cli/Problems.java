package org.posthorn.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
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
                .map(_ -> new Problem(
                        Field.MECHANISM,
                        Problem.Severity.ERROR,
                        "there is no such mechanism for this login over " + protocol.name() + "; choose of "
                                + String.join(", ", names) + "."));
    }
}
