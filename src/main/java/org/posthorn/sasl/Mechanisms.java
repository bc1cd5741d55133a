package org.posthorn.sasl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Login;

/** The SASL mechanisms that exist here, in the order in which they are preferred. */
public final class Mechanisms {
    private static final List<String> NAMES = List.of("PLAIN", "LOGIN");

    private Mechanisms() {}

    public static List<String> names() {
        return NAMES;
    }

    /** The mechanism of a name, whatever its case; absent when there is none of that name. */
    public static Optional<SaslMechanism> create(String name, Login.Password login) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> Optional.of(new PlainMechanism(login.user(), login.password()));
            case "LOGIN" -> Optional.of(new LoginMechanism(login.user(), login.password()));
            default -> Optional.empty();
        };
    }
}
