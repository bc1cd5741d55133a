package org.posthorn.timeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether one certificate of a chain was taken back by its issuer, as far as that could be found out.
 *
 * @param link 0 is the server's own certificate
 * @param subject distinguished name (RFC 2253)
 * @param from the address that was asked; empty for a stapled answer, and where nobody was asked
 * @param knownAt the time at which the issuer knew it (thisUpdate); absent without a valid answer
 * @param until when the issuer tells it anew (nextUpdate); absent where it does not say
 * @param detail why it is not known, or the reason of a revocation; empty for a good one
 */
public record Revocation(
        int link,
        String subject,
        Status status,
        Source source,
        String from,
        Optional<Instant> knownAt,
        Optional<Instant> until,
        String detail) {

    public enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /** How it was learnt. */
    public enum Source {
        /** An OCSP answer that the server sent in its handshake (RFC 6066 §8, RFC 8446 §4.4.2.1). */
        STAPLED("stapled"),
        /** The issuer's OCSP responder (RFC 6960). */
        OCSP("OCSP"),
        /** The issuer's list of revoked certificates (RFC 5280 §5). */
        CRL("CRL"),
        /** Not at all: there is nobody to ask. */
        NONE("nobody to ask");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
