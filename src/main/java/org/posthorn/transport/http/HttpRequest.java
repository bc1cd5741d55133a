package org.posthorn.transport.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** A request. It may carry secrets, and shows none of them. */
public final class HttpRequest {
    private final String method;
    private final URI uri;
    private final Map<String, String> fields;
    private final byte[] body;

    /**
     * A request as it is sent.
     *
     * @param uri absolute, with the scheme http or https
     * @param fields header fields beside Host, User-Agent, Connection and Content-Length
     * @param body empty for none
     */
    public HttpRequest(String method, URI uri, Map<String, String> fields, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.fields = Map.copyOf(fields);
        this.body = body.clone();
    }

    /** Asks for something. */
    public static HttpRequest get(URI uri, String accept) {
        return new HttpRequest("GET", uri, Map.of("Accept", accept), new byte[0]);
    }

    /** Sends a form, its parameters in their order, and expects JSON. */
    public static HttpRequest form(URI uri, SequencedMap<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
        return new HttpRequest(
                "POST",
                uri,
                Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes of one media type and expects such of another. */
    public static HttpRequest post(URI uri, byte[] body, String contentType, String accept) {
        return new HttpRequest("POST", uri, Map.of("Accept", accept, "Content-Type", contentType), body);
    }

    /** The same with one more header field. */
    public HttpRequest with(String name, String value) {
        Map<String, String> more = new HashMap<>(fields);
        more.put(name, value);
        return new HttpRequest(method, uri, more, body);
    }

    String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    Map<String, String> fields() {
        return fields;
    }

    byte[] body() {
        return body.clone();
    }

    String contentType() {
        return fields.getOrDefault("Content-Type", "");
    }

    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
