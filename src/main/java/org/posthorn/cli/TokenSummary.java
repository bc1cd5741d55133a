package org.posthorn.cli;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.TokenFacts;

/** A token in a few words. */
final class TokenSummary {
    private TokenSummary() {}

    static String of(TokenFacts token) {
        List<String> words = new ArrayList<>();
        words.add(token.jwt() ? "JWT" : "opaque token");
        if (!token.audience().isEmpty()) {
            words.add("for " + String.join(" ", token.audience()));
        }
        if (!token.scopes().isEmpty()) {
            words.add("scope " + String.join(" ", token.scopes()));
        }
        if (!token.roles().isEmpty()) {
            words.add("roles " + String.join(" ", token.roles()));
        }
        if (!token.users().isEmpty()) {
            words.add("of " + String.join(", ", token.users()));
        }
        token.expires().ifPresent(end -> words.add("until " + end));
        return String.join(", ", words);
    }

    static String of(Facts.TokenSought sought) {
        String origin = sought.origin().map(TokenSummary::of).orElse("no token");
        String last = sought.requests().isEmpty()
                ? ""
                : ", last asked " + sought.requests().getLast().endpoint();
        return origin + " (" + sought.flow() + ")" + last;
    }

    private static String of(Facts.TokenOrigin origin) {
        return switch (origin) {
            case ISSUED -> "new token";
            case CACHED -> "token kept from before";
            case SHARED -> "token of another connection";
        };
    }
}
