package org.posthorn.client;

import java.util.List;
import java.util.stream.Stream;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.sasl.Mechanisms;

/** The names by which a way to log in is chosen: SASL's, and for a password the protocol's own command. */
public final class LoginMechanisms {
    private LoginMechanisms() {}

    /** The names to choose from: the SASL mechanisms, and behind them the commands outside SASL. */
    public static List<String> names(Protocol protocol, Login.Credentials login) {
        return Stream.concat(Mechanisms.names(login).stream(), command(protocol, login))
                .toList();
    }

    private static Stream<String> command(Protocol protocol, Login.Credentials login) {
        return switch (login) {
            case Login.AccessToken _, Login.TokenProvider _, Login.CurrentUser _ -> Stream.of();
            case Login.Password _ ->
                switch (protocol) {
                    case IMAP -> Stream.of("IMAP-LOGIN");
                    case POP3 -> Stream.of("USER", "APOP");
                    case SMTP -> Stream.of();
                };
        };
    }
}
