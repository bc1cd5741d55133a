package org.posthorn.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A response. It may carry secrets, and shows none of them. */
public final class HttpResponse {
    private final int status;
    private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    HttpResponse(int status, Map<String, String> fields, byte[] body) {
        this.status = status;
        this.fields.putAll(fields);
        this.body = body.clone();
    }

    public int status() {
        return status;
    }

    /** A header field, in whatever case; of repeated ones the last. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the server wants the request to be sent elsewhere. */
    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
