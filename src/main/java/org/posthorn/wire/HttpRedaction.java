package org.posthorn.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthorn.account.Secret;

/**
 * What may be shown of HTTP messages. Only what is known to be harmless is: of fields, parameters and JSON members with any
 * other name the name stays and the value goes.
 */
final class HttpRedaction {
    private static final Pattern FIELD = Pattern.compile("([^:]*+):(.*+)", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("(\\S+ )([^?\\s]*+)\\?(\\S*+)(.*+)", Pattern.DOTALL);

    private static final Set<String> FIELDS = Set.of(
            "accept",
            "age",
            "allow",
            "cache-control",
            "client-request-id",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "expires",
            "host",
            "last-modified",
            "pragma",
            "request-id",
            "retry-after",
            "server",
            "strict-transport-security",
            "transfer-encoding",
            "user-agent",
            "vary",
            "via",
            "www-authenticate",
            "x-ms-request-id",
            "x-request-id");

    /** Parameters of RFC 6749, RFC 7523, RFC 7636 and RFC 8628 that are no secrets. */
    private static final Set<String> PARAMETERS = Set.of(
            "access_type",
            "audience",
            "client_assertion_type",
            "client_id",
            "code_challenge_method",
            "error",
            "error_description",
            "error_uri",
            "grant_type",
            "prompt",
            "redirect_uri",
            "resource",
            "response_mode",
            "response_type",
            "scope");

    private HttpRedaction() {}

    /** A request line, of whose query the harmless parameters stay. */
    static String startLine(String line) {
        Matcher target = TARGET.matcher(line);
        return target.matches()
                ? target.group(1) + target.group(2) + "?" + form(target.group(3)) + target.group(4)
                : line;
    }

    static String field(String line) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return line.isEmpty() ? line : Secret.DOTS;
        }
        String name = field.group(1).strip().toLowerCase(Locale.ROOT);
        if (name.equals("location")) {
            return field.group(1) + ": " + location(field.group(2).strip());
        }
        return FIELDS.contains(name) ? line : field.group(1) + ": " + Secret.DOTS;
    }

    /** Whether a body of this type can be shown at all. */
    static boolean isText(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.contains("json") || type.contains("urlencoded") || type.startsWith("text/");
    }

    static String body(String contentType, String text) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.contains("urlencoded")) {
            return form(text);
        }
        // Some servers call JSON plain text.
        boolean json = type.contains("json") || text.stripLeading().startsWith("{");
        return json ? JsonRedaction.of(text) : type.contains("html") ? text : Secret.DOTS;
    }

    private static String location(String uri) {
        int fragment = uri.indexOf('#');
        String visible = fragment < 0 ? uri : uri.substring(0, fragment);
        int query = visible.indexOf('?');
        String shown = query < 0 ? visible : visible.substring(0, query + 1) + form(visible.substring(query + 1));
        return fragment < 0 ? shown : shown + "#" + Secret.DOTS;
    }

    private static String form(String pairs) {
        return Arrays.stream(pairs.split("&", -1)).map(HttpRedaction::pair).collect(Collectors.joining("&"));
    }

    private static String pair(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return pair.isEmpty() ? pair : Secret.DOTS;
        }
        String name = pair.substring(0, equals);
        return PARAMETERS.contains(name) ? pair : name + "=" + Secret.DOTS;
    }
}
