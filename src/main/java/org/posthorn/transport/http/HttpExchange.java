package org.posthorn.transport.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Transport;
import org.posthorn.wire.HttpTap;

/** One request and its response on a fresh connection. */
final class HttpExchange {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9a-fA-F]{1,7})(?:[ \\t]*;.*)?[ \\t]*");
    private static final int MOST_FIELDS = 200;
    private static final int MOST_SHOWN = 120;

    private final Transport.Lines lines;
    private final HttpTap tap;
    private final Phase phase;
    private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    HttpExchange(Transport.Lines lines, HttpTap tap, Phase phase) {
        this.lines = lines;
        this.tap = tap;
        this.phase = phase;
    }

    HttpResponse run(HttpRequest request) throws IOException, FailureException {
        send(request);
        int status = head();
        while (status < 200) {
            status = head();
        }
        byte[] body = hasBody(request, status) ? body() : new byte[0];
        tap.responseBody(fields.getOrDefault("Content-Type", ""), body);
        return new HttpResponse(status, fields, body);
    }

    private void send(HttpRequest request) throws IOException {
        byte[] body = request.body();
        List<String> head = head(request, body.length);
        tap.request(head, request.contentType(), body);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(body);
        lines.sendRaw(message.toByteArray());
    }

    private static List<String> head(HttpRequest request, int length) {
        String path = request.uri().getRawPath();
        String query = request.uri().getRawQuery();
        String target = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        List<String> head = new ArrayList<>();
        head.add(request.method() + " " + target + " HTTP/1.1");
        head.add("Host: " + request.uri().getRawAuthority());
        head.add("User-Agent: Posthorn");
        head.add("Connection: close");
        new TreeMap<>(request.fields()).forEach((name, value) -> head.add(name + ": " + value));
        if (!request.method().equals("GET")) {
            head.add("Content-Length: " + length);
        }
        return head;
    }

    private int head() throws IOException, FailureException {
        fields.clear();
        String first = lines.receive();
        tap.responseLine(first, true);
        Matcher status = STATUS_LINE.matcher(first);
        if (!status.matches()) {
            throw violation("the status line is no HTTP/1.1", first);
        }
        for (String line = lines.receive(); !line.isEmpty(); line = lines.receive()) {
            tap.responseLine(line, false);
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
            if (fields.size() > MOST_FIELDS) {
                throw violation("more than " + MOST_FIELDS + " header fields", "");
            }
        }
        return Integer.parseInt(status.group(1));
    }

    private static boolean hasBody(HttpRequest request, int status) {
        return !request.method().equals("HEAD") && status != 204 && status != 304;
    }

    private byte[] body() throws IOException, FailureException {
        String coding = fields.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) {
            return chunks();
        }
        if (!coding.isEmpty()) {
            throw violation("the transfer coding " + coding + " was not asked for", "");
        }
        String length = fields.get("Content-Length");
        if (length == null) {
            return lines.receiveRest();
        }
        if (!length.matches("\\d{1,9}")) {
            throw violation("Content-Length is no usable number", length);
        }
        return lines.receiveRaw(Integer.parseInt(length));
    }

    /** RFC 9112 §7.1. */
    private byte[] chunks() throws IOException, FailureException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(lines.receiveRaw(size));
            if (!lines.receive().isEmpty()) {
                throw violation("a chunk is longer than it says", "");
            }
        }
        for (String trailer = lines.receive(); !trailer.isEmpty(); trailer = lines.receive()) {
            tap.responseLine(trailer, false);
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException, FailureException {
        Matcher size = CHUNK_SIZE.matcher(lines.receive());
        if (!size.matches()) {
            throw violation("the size of a chunk is no number", "");
        }
        return Integer.parseInt(size.group(1), 16);
    }

    private FailureException violation(String detail, String received) {
        String shown = received.substring(0, Math.min(received.length(), MOST_SHOWN));
        return new FailureException(new Failure.ProtocolViolation(phase, detail, shown));
    }
}
