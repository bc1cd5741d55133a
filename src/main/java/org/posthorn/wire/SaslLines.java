package org.posthorn.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Secret;

/** What may be shown of the lines of an authentication exchange (RFC 4422), the same for all three protocols. */
final class SaslLines {
    private static final Pattern ARGUMENTS = Pattern.compile("(\\s*+)(\\S*+)(\\s*+)(.*+)", Pattern.DOTALL);

    /** RFC 4422 §3.1, in one case, so that a blob in the place of the mechanism is not taken for one. */
    private static final Pattern MECHANISM = Pattern.compile("[A-Z][A-Z0-9_-]{0,19}|[A-Za-z][a-z0-9_-]{0,19}");

    private static final Set<String> BEARER_MECHANISMS = Set.of("XOAUTH2", "OAUTHBEARER");

    /** The prompts of the LOGIN mechanism, which are the same for everybody. */
    private static final Set<String> PROMPTS = Set.of("username:", "user name\0", "password:", "password\0");

    private SaslLines() {}

    /** The mechanism named in the arguments of an authentication command, in capitals; empty when there is none. */
    static String mechanism(String arguments) {
        Matcher matcher = ARGUMENTS.matcher(arguments);
        return matcher.matches() && MECHANISM.matcher(matcher.group(2)).matches()
                ? matcher.group(2).toUpperCase(Locale.ROOT)
                : "";
    }

    /** The arguments of an authentication command: the mechanism stays, an initial response goes. */
    static String arguments(String arguments) {
        Matcher matcher = ARGUMENTS.matcher(arguments);
        if (!matcher.matches() || matcher.group(2).isEmpty()) {
            return arguments;
        }
        boolean named = MECHANISM.matcher(matcher.group(2)).matches();
        return matcher.group(1)
                + (named ? matcher.group(2) : Secret.DOTS)
                + matcher.group(3)
                + response(matcher.group(4));
    }

    /** A response: an empty one, which is written as "=" in a command, and a cancellation stay. */
    static String response(String response) {
        return switch (response.strip()) {
            case "", "=", "*" -> response;
            default -> Secret.DOTS;
        };
    }

    /**
     * A challenge with the blank before it. It may hold a nonce or the user's data, so only what is the same for
     * everybody stays, and the error that a server sends to a refused token, which says why (RFC 7628 §3.2.2).
     */
    static String challenge(String mechanism, String challenge) {
        String blob = challenge.strip();
        if (blob.isEmpty()) {
            return challenge;
        }
        String text = decoded(blob);
        boolean known = BEARER_MECHANISMS.contains(mechanism)
                ? text.startsWith("{\"")
                : mechanism.equals("LOGIN") && PROMPTS.contains(text.toLowerCase(Locale.ROOT));
        return known ? challenge : " " + Secret.DOTS;
    }

    private static String decoded(String blob) {
        try {
            return new String(Base64.getDecoder().decode(blob), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
