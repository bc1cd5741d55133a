package org.posthorn.account;

import java.util.List;

/**
 * What a login may use.
 *
 * @param mechanisms those that are allowed, in order. One alone is sent even when the server does not offer it; of several
 *     the first that it offers; none leaves the choice to the client. Whatever is sent, there is no second attempt. Names
 *     are SASL's, and {@code IMAP-LOGIN} and {@code USER} for the two commands outside SASL.
 */
public record SaslSettings(List<String> mechanisms) {
    public SaslSettings {
        mechanisms = List.copyOf(mechanisms);
    }

    /** Leaves everything to the client. */
    public static SaslSettings automatic() {
        return new SaslSettings(List.of());
    }

    public static SaslSettings of(String... mechanisms) {
        return automatic().withMechanisms(List.of(mechanisms));
    }

    public SaslSettings withMechanisms(List<String> allowed) {
        return new SaslSettings(allowed);
    }
}
