package org.posthorn.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.ProxySettings.Credentials;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Failure.ProxyRefusal;
import org.posthorn.timeline.FailureException;

/**
 * HTTP CONNECT (RFC 9110 §9.3.6). Credentials are sent only after the proxy has asked for them with 407 and named a scheme,
 * on a new connection where it closed the first; the strongest scheme that it offers is taken, and tried once.
 */
final class HttpConnectDialogue implements ProxyDialogue {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int MOST_ROUNDS = 4;

    private final Optional<Credentials> login;
    private Optional<ProxyAuthorization> authorization = Optional.empty();
    private boolean again;

    HttpConnectDialogue(Optional<Credentials> login) {
        this.login = login;
    }

    @Override
    public boolean wantsAnotherConnection() {
        return again;
    }

    @Override
    public String run(ProxyStreams streams, Destination destination) throws IOException, FailureException {
        again = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            ask(streams, destination);
            HttpHead head = HttpHead.parse(readHead(streams));
            head.lines().forEach(line -> streams.heard(shown(line)));
            if (head.isSuccess()) {
                return head.statusLine();
            }
            prepareNext(head, destination);
            if (!head.keepsConnection()) {
                again = true;
                throw refused(ProxyRefusal.LOGIN_REQUIRED, head);
            }
            streams.read(head.contentLength());
        }
        throw new FailureException(
                new Failure.ProxyRefused("HTTP", ProxyRefusal.LOGIN_REJECTED, "the proxy keeps asking for a login"));
    }

    /** Chooses how to answer a 407; everything else, and a second 407, is a refusal. */
    private void prepareNext(HttpHead head, Destination destination) throws FailureException {
        if (head.status() != 407) {
            throw refused(reason(head.status(), authorization.isPresent()), head);
        }
        List<String> challenges = head.values("proxy-authenticate");
        if (authorization.isPresent()) {
            if (authorization.get().continues(challenges)) {
                return;
            }
            throw refused(ProxyRefusal.LOGIN_REJECTED, head);
        }
        if (login.isEmpty()) {
            throw refused(ProxyRefusal.LOGIN_REQUIRED, head);
        }
        authorization = ProxyAuthorization.choose(challenges, login.get(), destination.authority());
        if (authorization.isEmpty()) {
            throw refused(ProxyRefusal.LOGIN_METHOD_MISSING, head);
        }
    }

    private void ask(ProxyStreams streams, Destination destination) throws IOException {
        String authority = destination.authority();
        List<String> lines = new ArrayList<>(
                List.of("CONNECT " + authority + " HTTP/1.1", "Host: " + authority, "Proxy-Connection: keep-alive"));
        authorization.ifPresent(a -> lines.add("Proxy-Authorization: " + a.value()));
        String request = String.join("\r\n", lines) + "\r\n\r\n";
        streams.send(
                request.getBytes(StandardCharsets.UTF_8),
                String.join("\n", lines.stream().map(HttpConnectDialogue::shown).toList()));
    }

    /** The scheme stays visible, what follows it does not. */
    private static String shown(String line) {
        String header = "proxy-authorization: ";
        if (!line.regionMatches(true, 0, header, 0, header.length())) {
            return line;
        }
        String scheme = line.substring(header.length()).split(" ", 2)[0];
        return line.substring(0, header.length()) + scheme + " " + Secret.DOTS;
    }

    private static String readHead(ProxyStreams streams) throws IOException, FailureException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int b = streams.read();
            if (head.size() == 0 && b != 'H') {
                throw new FailureException(Failure.ProxyMismatch.byte0("HTTP", b));
            }
            if (head.size() >= LONGEST_HEAD) {
                throw new FailureException(new Failure.ProxyMismatch("HTTP", "a reply without an end"));
            }
            head.write(b);
            if (b == '\n') {
                newlines++;
            } else if (b != '\r') {
                newlines = 0;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static FailureException refused(ProxyRefusal reason, HttpHead head) {
        String offers = String.join("; ", head.values("proxy-authenticate"));
        String words = offers.isEmpty() ? head.statusLine() : head.statusLine() + " (offers " + offers + ")";
        return new FailureException(new Failure.ProxyRefused("HTTP", reason, words));
    }

    /** Some proxies answer a wrong login with the status of web servers, after they had asked for one with their own. */
    private static ProxyRefusal reason(int status, boolean loggedIn) {
        return switch (status) {
            case 401 -> loggedIn ? ProxyRefusal.LOGIN_REJECTED : ProxyRefusal.POLICY;
            case 403, 405, 451 -> ProxyRefusal.POLICY;
            case 404, 408, 500, 502, 503, 504 -> ProxyRefusal.TARGET_UNREACHABLE;
            case 501 -> ProxyRefusal.UNSUPPORTED;
            default -> ProxyRefusal.UNSPECIFIED;
        };
    }
}
