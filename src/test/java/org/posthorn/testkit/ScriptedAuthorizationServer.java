package org.posthorn.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** An authorization server that answers each path as a test tells it to, and keeps what it was asked. */
public final class ScriptedAuthorizationServer implements AutoCloseable {
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ScriptedServer server;
    private final String scheme;

    private ScriptedAuthorizationServer(Optional<SSLContext> tls) throws IOException {
        server = ScriptedServer.of(peer -> {
            if (tls.isPresent()) {
                peer.startTls(tls.get());
            }
            serve(peer);
        });
        scheme = tls.isPresent() ? "https" : "http";
    }

    /** What came. */
    public record Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> fields,
            Map<String, String> form) {}

    /** What goes back. */
    public record Reply(int status, String contentType, String body) {
        public static Reply json(int status, String body) {
            return new Reply(status, "application/json", body.replace('\'', '"'));
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Answer {
        Reply to(Request request) throws IOException, InterruptedException;
    }

    public static ScriptedAuthorizationServer start() throws IOException {
        return new ScriptedAuthorizationServer(Optional.empty());
    }

    public static ScriptedAuthorizationServer startSecured(SSLContext context) throws IOException {
        return new ScriptedAuthorizationServer(Optional.of(context));
    }

    /** From now on answers a path so. */
    public ScriptedAuthorizationServer on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** From now on answers a path with JSON, single quotes for double ones. */
    public ScriptedAuthorizationServer on(String path, int status, String json) {
        return on(path, _ -> Reply.json(status, json));
    }

    public String address(String path) {
        return scheme + "://" + server.host() + ":" + server.port() + path;
    }

    public URI uri(String path) {
        return URI.create(address(path));
    }

    /** What came, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public ScriptedServer server() {
        return server;
    }

    private void serve(ScriptedServer.Peer peer) throws IOException, InterruptedException {
        String[] start = peer.hear().split(" ", -1);
        Map<String, String> fields = new TreeMap<>();
        for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
            String[] field = line.split(":", 2);
            fields.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        Map<String, String> form = pairs(new String(peer.bytes(length), StandardCharsets.UTF_8));
        String[] target = start[1].split("\\?", 2);
        Request request = new Request(start[0], target[0], pairs(target.length == 2 ? target[1] : ""), fields, form);
        requests.add(request);
        Reply reply = answers.getOrDefault(target[0], _ -> new Reply(404, "text/plain", "none"))
                .to(request);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        peer.say(
                "HTTP/1.1 " + reply.status() + " X",
                "Content-Type: " + reply.contentType(),
                "Content-Length: " + body.length,
                "");
        peer.send(body);
    }

    private static Map<String, String> pairs(String text) {
        return Arrays.stream(text.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
