package org.posthorn.client;

import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;

/**
 * Characters that a login cannot carry: sent all the same they would end what they stand in, and what follows them would
 * be taken for something else, a command for example.
 */
final class UncarriedCharacters {
    private static final Set<String> COMMANDS = Set.of("USER", "APOP");
    private static final Set<String> BEARER = Set.of("XOAUTH2", "OAUTHBEARER");

    private UncarriedCharacters() {}

    /** What is in the way of these credentials, in words. */
    static Optional<String> in(Login.Credentials login, String mechanism) {
        return inName(login, mechanism)
                .map(what -> "the user name contains " + what)
                .or(() -> inIdentity(login, mechanism))
                .or(() -> inSecret(login, mechanism));
    }

    private static Optional<String> inName(Login.Credentials login, String mechanism) {
        return login instanceof Login.Named named ? in(Secret.of(named.user()), mechanism) : Optional.empty();
    }

    private static Optional<String> inIdentity(Login.Credentials login, String mechanism) {
        return login.sasl()
                .authorizationId()
                .flatMap(identity -> in(Secret.of(identity), mechanism))
                .map(what -> "the authorization identity contains " + what);
    }

    private static Optional<String> inSecret(Login.Credentials login, String mechanism) {
        return switch (login) {
            case Login.CurrentUser _ -> Optional.empty();
            case Login.Password password ->
                in(password.password(), mechanism).map(what -> "the password contains " + what);
            case Login.TokenProvider _ -> Optional.empty();
            case Login.AccessToken token ->
                in(token.token(), mechanism).map(what -> "the access token contains " + what);
        };
    }

    private static Optional<String> in(Secret text, String mechanism) {
        // PLAIN separates by NUL (RFC 4616 §2); no string of IMAP holds one (RFC 9051 §4.3).
        if (text.contains('\0')) {
            return Optional.of("a NUL character");
        }
        // The pairs of a token's message end at this one (RFC 7628 §3.1).
        if (text.contains('\u0001') && BEARER.contains(mechanism)) {
            return Optional.of("a control character");
        }
        // POP3's commands end at the line's end (RFC 1939 §3).
        boolean lineBreak = text.contains('\r') || text.contains('\n');
        return lineBreak && COMMANDS.contains(mechanism) ? Optional.of("a line break") : Optional.empty();
    }
}
