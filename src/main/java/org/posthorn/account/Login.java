package org.posthorn.account;

import java.util.List;
import java.util.Optional;

/** How, and whether, to log in. */
public sealed interface Login {

    /** Ends after the capabilities without a login; for SMTP a relay that trusts by address. */
    record None() implements Login {}

    /**
     * A user name and password.
     *
     * @param mechanism the one mechanism to send, even when the server does not offer it; absent lets the client take the
     *     first it has in common with the server. Names are SASL's, and {@code IMAP-LOGIN} and {@code USER} for the two
     *     commands outside SASL.
     */
    record Password(String user, Secret password, Optional<String> mechanism) implements Login {

        /** Whether the password is used: EXTERNAL (RFC 4422) and ANONYMOUS (RFC 4505) have none. */
        public boolean needsPassword() {
            return mechanism
                    .filter(name -> name.equalsIgnoreCase("EXTERNAL") || name.equalsIgnoreCase("ANONYMOUS"))
                    .isEmpty();
        }
    }

    /** What must never be shown. */
    default List<Secret> secrets() {
        return switch (this) {
            case None() -> List.of();
            case Password(var _, Secret password, var _) -> List.of(password);
        };
    }

    static Login none() {
        return new None();
    }

    static Login password(String user, Secret password) {
        return new Password(user, password, Optional.empty());
    }
}
