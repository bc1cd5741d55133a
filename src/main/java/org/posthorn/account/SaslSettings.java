package org.posthorn.account;

import java.util.List;
import java.util.Optional;

/**
 * What a login may use.
 *
 * @param mechanisms those that are allowed, in order. One alone is sent even when the server does not offer it; of several
 *     the first that it offers; none leaves the choice to the client. Whatever is sent, there is no second attempt. Names
 *     are SASL's, and {@code IMAP-LOGIN}, {@code USER} and {@code APOP} for the commands outside SASL.
 * @param authorizationId the identity to act as, where it is another than the one that logs in (RFC 4422 §3.4.1)
 */
public record SaslSettings(List<String> mechanisms, Optional<String> authorizationId) {
    public SaslSettings {
        mechanisms = List.copyOf(mechanisms);
    }

    /** Leaves everything to the client. */
    public static SaslSettings automatic() {
        return new SaslSettings(List.of(), Optional.empty());
    }

    public static SaslSettings of(String... mechanisms) {
        return automatic().withMechanisms(List.of(mechanisms));
    }

    public SaslSettings withMechanisms(List<String> allowed) {
        return new SaslSettings(allowed, authorizationId);
    }

    public SaslSettings withAuthorizationId(Optional<String> identity) {
        return new SaslSettings(mechanisms, identity);
    }
}
