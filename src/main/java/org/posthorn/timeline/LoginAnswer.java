package org.posthorn.timeline;

import java.util.Optional;
import java.util.OptionalInt;

/** What the server decided on a login. */
public sealed interface LoginAnswer {
    /** The server's whole last reply. */
    String text();

    /** SMTP's three digits, for protocols that have them. */
    OptionalInt status();

    /** Logged in. */
    record Accepted(String text, OptionalInt status) implements LoginAnswer {}

    /**
     * Not logged in.
     *
     * @param code IMAP or POP3 response code, or SMTP enhanced status code, when the reply holds one
     * @param saslError why, in the mechanism's own words, decoded: the JSON that answers an access token (RFC 7628 §3.2.2)
     * @param offer what the server's list says of the mechanism
     */
    record Rejected(String text, OptionalInt status, Optional<String> code, Optional<String> saslError, Offer offer)
            implements LoginAnswer {}

    /** Whether the server had offered what it refused. */
    enum Offer {
        OFFERED("offered"),
        /** It offers others: the mechanism was sent because it was chosen. */
        NOT_OFFERED("not-offered"),
        /** It offers none at all here. */
        NO_LIST("no-list");

        private final String word;

        Offer(String word) {
            this.word = word;
        }

        /** The name in JSON. */
        public String word() {
            return word;
        }
    }
}
