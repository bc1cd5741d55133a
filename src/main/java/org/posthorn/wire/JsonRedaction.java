package org.posthorn.wire;

import java.util.Set;
import org.posthorn.account.Secret;

/**
 * What may be shown of the JSON that token and discovery endpoints answer with (RFC 6749 §5, RFC 8414 §2, RFC 8628 §3.2): names,
 * structure, short numbers, and the texts of the members that are known to be harmless. It reads also what is not quite JSON.
 */
final class JsonRedaction {
    private static final Set<String> MEMBERS = Set.of(
            "claim",
            "correlation_id",
            "error",
            "error_codes",
            "error_description",
            "error_subtype",
            "error_uri",
            "expires_in",
            "expires_on",
            "ext_expires_in",
            "interval",
            "issued_token_type",
            "issuer",
            "jwks_uri",
            "not_before",
            "scope",
            "suberror",
            "timestamp",
            "token_type",
            "trace_id",
            "verification_uri",
            "verification_url");

    private static final int LONGEST_NUMBER = 12;

    private final String json;
    private final StringBuilder shown = new StringBuilder();
    private String member = "";
    private int at;

    private JsonRedaction(String json) {
        this.json = json;
    }

    static String of(String json) {
        return new JsonRedaction(json).run();
    }

    private String run() {
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                text();
            } else if ("{}[]:, \t\r\n".indexOf(c) >= 0) {
                shown.append(c);
                at++;
            } else {
                word();
            }
        }
        return shown.toString();
    }

    private void text() {
        int end = endOfText();
        String content = json.substring(Math.min(at + 1, end), Math.max(at + 1, end - 1));
        boolean name = isFollowedByColon(end);
        boolean whole = end - at >= 2 && json.charAt(end - 1) == '"';
        if (name) {
            member = content;
        }
        boolean harmless = whole && (name || content.isEmpty() || isHarmless(member));
        shown.append(harmless ? json.substring(at, end) : '"' + Secret.DOTS + '"');
        at = end;
    }

    /** A number, a literal, or what does not belong there. */
    private void word() {
        int start = at;
        while (at < json.length() && "\"{}[]:, \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        String word = json.substring(start, at);
        boolean number = word.length() <= LONGEST_NUMBER && word.matches("-?[0-9.]+");
        boolean harmless = number || word.equals("true") || word.equals("false") || word.equals("null");
        shown.append(harmless ? word : Secret.DOTS);
    }

    private int endOfText() {
        for (int i = at + 1; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i++;
            } else if (json.charAt(i) == '"') {
                return i + 1;
            }
        }
        return json.length();
    }

    private boolean isFollowedByColon(int from) {
        for (int i = from; i < json.length(); i++) {
            if (!Character.isWhitespace(json.charAt(i))) {
                return json.charAt(i) == ':';
            }
        }
        return false;
    }

    private static boolean isHarmless(String member) {
        return MEMBERS.contains(member) || member.endsWith("_endpoint") || member.endsWith("_supported");
    }
}
