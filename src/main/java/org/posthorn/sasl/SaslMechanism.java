package org.posthorn.sasl;

import java.util.Optional;
import org.posthorn.timeline.FailureException;

/** The client's side of one authentication with one mechanism; used once. */
public interface SaslMechanism {
    /** The registered name, for example {@code PLAIN}. */
    String name();

    /** What a client-first mechanism says before any challenge; absent for one in which the server speaks first. */
    Optional<byte[]> initialResponse();

    /**
     * The answer to a challenge, both decoded from base64.
     *
     * @return absent when the mechanism has nothing more to say; the exchange is cancelled then
     * @throws FailureException when the challenge breaks the mechanism's rules, or the server's proof is false
     */
    Optional<byte[]> respond(byte[] challenge) throws FailureException;

    /** Who logs in, where the mechanism finds it out itself. */
    default Optional<String> user() {
        return Optional.empty();
    }

    /** Whether the next challenge may be words that are not even encoded, because they do not matter. */
    default boolean takesWords() {
        return false;
    }

    /** Why the server refuses, where the mechanism has words of its own for it. */
    default Optional<String> serverError() {
        return Optional.empty();
    }

    /** Whether the server has proven what this mechanism demands of it; an acceptance before that is not believed. */
    default boolean serverIsProven() {
        return true;
    }
}
