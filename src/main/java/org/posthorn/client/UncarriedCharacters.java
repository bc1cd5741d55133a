package org.posthorn.client;

import java.util.Optional;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;

/**
 * Characters that a login cannot carry: sent all the same they would end what they stand in, and what follows them would
 * be taken for something else, a command for example.
 */
final class UncarriedCharacters {
    private UncarriedCharacters() {}

    /** What is in the way of these credentials, in words. */
    static Optional<String> in(Login.Password login, String mechanism) {
        return in(Secret.of(login.user()), mechanism)
                .map(what -> "the user name contains " + what)
                .or(() -> in(login.password(), mechanism).map(what -> "the password contains " + what));
    }

    private static Optional<String> in(Secret text, String mechanism) {
        // PLAIN separates by NUL (RFC 4616 §2); no string of IMAP holds one (RFC 9051 §4.3).
        if (text.contains('\0')) {
            return Optional.of("a NUL character");
        }
        // USER and PASS end at the line's end (RFC 1939 §3).
        boolean lineBreak = text.contains('\r') || text.contains('\n');
        return lineBreak && mechanism.equals("USER") ? Optional.of("a line break") : Optional.empty();
    }
}
