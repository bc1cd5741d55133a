package org.posthorn.mailbox.bulk;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;

/** Recognises a server that allows no more connections, by its code or by its words. */
final class ServerLimit {
    /** RFC 5530 §3 LIMIT and INUSE, RFC 2449 §8.1.2 IN-USE, and what servers say without a code. */
    private static final Pattern WORDS = Pattern.compile("\\[(limit|inuse|in-use)\\b"
            + "|too many[^.]{0,40} (connections|sessions|logins)"
            + "|too much[^.]{0,40} (connections|sessions)"
            + "|(maximum|max\\.?|limit)[^.]{0,40} (connections|sessions)"
            + "|(connections?|sessions?)[^.]{0,30} (limit|exceeded|quota)"
            + "|concurrent connections|simultaneous (connections|sessions|logins)");

    private ServerLimit() {}

    static boolean isMetBy(Failure failure) {
        boolean busy = failure instanceof Failure.GreetingRefused(String text) && text.startsWith("421");
        return busy
                || failure.serverText()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(text -> WORDS.matcher(text).find())
                        .isPresent()
                || code(failure)
                        .filter(code -> code.equals("LIMIT") || code.equals("INUSE") || code.equals("IN-USE"))
                        .isPresent();
    }

    private static Optional<String> code(Failure failure) {
        return failure instanceof Failure.LoginRejected rejected ? rejected.code() : Optional.empty();
    }
}
