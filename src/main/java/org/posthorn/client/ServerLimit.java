package org.posthorn.client;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;

/** Recognises a server that allows no more connections, by its code or by its words. */
public final class ServerLimit {
    /**
     * RFC 5530 §3 LIMIT and INUSE, RFC 2449 §8.1.2 IN-USE, and what servers say without a code; logins that failed too often
     * are none of these.
     */
    private static final Pattern WORDS = Pattern.compile("\\[(limit|inuse|in-use)\\b"
            + "|too many(?! (bad|failed|incorrect|invalid|unsuccessful|wrong))[^.]{0,40} (connections|sessions|logins)"
            + "|too much[^.]{0,40} (connections|sessions)"
            + "|(maximum|max\\.?|limit)[^.]{0,40} (connections|sessions)"
            + "|(connections?|sessions?)[^.]{0,30} (limit|exceeded|quota)"
            + "|concurrent connections|simultaneous (connections|sessions|logins)");

    private ServerLimit() {}

    /** Whether a failure was the server's word that there are connections enough, also by SMTP's 421 as a greeting. */
    public static boolean isMetBy(Failure failure) {
        boolean busy = failure instanceof Failure.GreetingRefused(String text) && text.startsWith("421");
        return busy
                || failure.serverText().filter(ServerLimit::isIn).isPresent()
                || code(failure)
                        .filter(code -> code.equals("LIMIT") || code.equals("INUSE") || code.equals("IN-USE"))
                        .isPresent();
    }

    /** Whether the words of a refusal tell of it. */
    static boolean isIn(String text) {
        return WORDS.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    private static Optional<String> code(Failure failure) {
        return failure instanceof Failure.LoginRejected rejected ? rejected.code() : Optional.empty();
    }
}
