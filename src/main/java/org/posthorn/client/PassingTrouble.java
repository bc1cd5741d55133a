package org.posthorn.client;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.LoginAnswer;

/**
 * Recognises a refusal that is trouble of the server's own and passes by itself: it says nothing of the login or of the folder,
 * and the same may work a little later.
 */
public final class PassingTrouble {
    /**
     * UNAVAILABLE, SERVERBUG, INUSE, LIMIT and EXPUNGEISSUED of RFC 5530 §3, IN-USE and LOGIN-DELAY of RFC 2449 §8.1,
     * SYS/TEMP of RFC 3206 §4.
     */
    private static final Set<String> CODES =
            Set.of("UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT", "EXPUNGEISSUED", "IN-USE", "LOGIN-DELAY", "SYS/TEMP");

    /** The codes where they stand in a reply, and SMTP's transient replies (RFC 5321 §4.2.1). */
    private static final Pattern REPLY =
            Pattern.compile("\\[(" + String.join("|", CODES) + ")[ \\]]|^4\\d\\d\\b", Pattern.CASE_INSENSITIVE);

    private PassingTrouble() {}

    /** Whether the server's words, or the code of a refused login, tell of it; false for a failure without words. */
    public static boolean isToldBy(Failure failure) {
        Optional<String> code =
                failure instanceof Failure.LoginRejected rejected ? rejected.code() : Optional.<String>empty();
        return isIn(failure.serverText().orElse(""), code);
    }

    static boolean isToldBy(LoginAnswer.Rejected rejected) {
        return rejected.status().orElse(0) / 100 == 4 || isIn(rejected.text(), rejected.code());
    }

    private static boolean isIn(String text, Optional<String> code) {
        return code.filter(CODES::contains).isPresent() || REPLY.matcher(text).find() || ServerLimit.isIn(text);
    }
}
