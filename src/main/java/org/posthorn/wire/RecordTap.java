package org.posthorn.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthorn.timeline.Phase;

/**
 * Puts the TLS records of one connection into the log, below TLS: handshake messages and alerts by name as long as they are
 * plaintext, so that a handshake that fails still shows what was offered and what came back. It also remembers what
 * decides the cause of such a failure. Safe for one reading and one writing thread.
 */
public final class RecordTap {
    private static final String TLS13 = "TLSv1.3";

    private final WireLog log;
    private final int connection;
    private final Supplier<Phase> phase;
    private final Side client = new Side("→ ");
    private final Side server = new Side("← ");
    private Optional<String> version = Optional.empty();
    private Optional<Hello> clientHello = Optional.empty();
    private Optional<String> group = Optional.empty();
    private boolean receivedAnything;
    private boolean serverHelloSeen;
    private boolean done;

    public RecordTap(WireLog log, int connection, Supplier<Phase> phase) {
        this.log = log;
        this.connection = connection;
        this.phase = phase;
    }

    /** Bytes this client sent. */
    public synchronized void sent(byte[] bytes, int offset, int length) {
        client.records.feed(bytes, offset, length);
    }

    /** Bytes the server sent. */
    public synchronized void received(byte[] bytes, int offset, int length) {
        receivedAnything |= length > 0;
        server.records.feed(bytes, offset, length);
    }

    /** A message of the server that TLS 1.3 encrypts, as the TLS stack tells of it; before TLS 1.3 it was seen. */
    public synchronized void decryptedFromServer(String message) {
        decrypted(server, message);
    }

    /** A message of this client that TLS 1.3 encrypts. */
    public synchronized void decryptedFromClient(String message) {
        decrypted(client, message);
    }

    private void decrypted(Side side, String message) {
        if (version.equals(Optional.of(TLS13))) {
            append(side.arrow + message);
        }
    }

    /** The handshake has succeeded: application data is no longer logged. */
    public synchronized void handshakeDone() {
        done = true;
    }

    /** The connection has ended: what came instead of TLS and waits for the end of its line goes into the log. */
    public synchronized void flush() {
        client.flush();
        server.flush();
    }

    /** The last alert the server sent in plaintext, by its name in RFC 8446 §6 such as {@code handshake_failure}. */
    public synchronized Optional<String> alertReceived() {
        return server.alert;
    }

    /** The last alert this client sent in plaintext, by its name in RFC 8446 §6. */
    public synchronized Optional<String> alertSent() {
        return client.alert;
    }

    /** The first bytes the server sent, at most 512, when they are no TLS record. */
    public synchronized Optional<byte[]> notTls() {
        return server.records.foreignFromTheStart();
    }

    public synchronized boolean receivedAnything() {
        return receivedAnything;
    }

    /** Whether the server has answered with a ServerHello, be it a HelloRetryRequest. */
    public synchronized boolean serverHelloSeen() {
        return serverHelloSeen;
    }

    /** The cipher suites that the ClientHello offered, by their registered names; empty before it was sent. */
    public synchronized List<String> offeredCipherSuites() {
        return clientHello.map(Hello::cipherSuites).orElse(List.of());
    }

    /** The groups for key exchange that the ClientHello offered. */
    public synchronized List<String> offeredGroups() {
        return clientHello.map(Hello::groups).orElse(List.of());
    }

    /** The group of the key exchange; absent where the server named none. */
    public synchronized Optional<String> group() {
        return group;
    }

    /** The version that the server chose, in Java's names; absent before its ServerHello. */
    public synchronized Optional<String> chosenVersion() {
        return version;
    }

    private void append(String text) {
        log.append(connection, Direction.TLS, phase.get(), WireText.show(text));
    }

    /** One direction. */
    private final class Side implements RecordReader.Records, HandshakeReader.Messages {
        private final String arrow;
        private final RecordReader records = new RecordReader(this);
        private final HandshakeReader handshake = new HandshakeReader(this);
        private Optional<String> alert = Optional.empty();
        private Optional<String> unlogged = Optional.empty();
        private boolean foreignLogged;
        private boolean encrypted;
        /** Before TLS 1.3 the first message that is encrypted (RFC 5246 §7.4.9). */
        private boolean finished;

        Side(String arrow) {
            this.arrow = arrow;
        }

        @Override
        public void record(int type, int length, byte[] fragment) {
            switch (type) {
                case RecordReader.HANDSHAKE -> handshake(length, fragment);
                case RecordReader.ALERT -> alert(length, fragment);
                case RecordReader.CHANGE_CIPHER_SPEC -> changeCipherSpec();
                default -> applicationData(length);
            }
        }

        private void handshake(int length, byte[] fragment) {
            if (encrypted) {
                append(arrow + (finished ? "encrypted handshake record (" : "Finished, encrypted (") + length
                        + " bytes)");
                finished = true;
            } else {
                handshake.feed(fragment);
            }
        }

        private void alert(int length, byte[] fragment) {
            if (encrypted || length != 2) {
                append(arrow + "encrypted alert");
                return;
            }
            TlsAlert plain = TlsAlert.of(fragment[0] & 0xFF, fragment[1] & 0xFF);
            append(arrow + "alert " + plain.level() + " " + plain.description());
            // The one that says why is followed by close_notify in some servers.
            if (alert.isEmpty() || !plain.description().equals("close_notify")) {
                alert = Optional.of(plain.description());
            }
        }

        /** In TLS 1.3 it means nothing (RFC 8446 appendix D.4); before, what follows is encrypted (RFC 5246 §7.1). */
        private void changeCipherSpec() {
            encrypted |= version.filter(v -> !v.equals(TLS13)).isPresent();
            if (!done) {
                append(arrow + "change_cipher_spec");
            }
        }

        private void applicationData(int length) {
            if (!done) {
                append(arrow + "encrypted record (" + length + " bytes)");
            }
        }

        @Override
        public void message(int type, int length, byte[] body) {
            String size = " (" + length + " bytes)";
            append(arrow
                    + switch (type) {
                        case HandshakeMessage.CLIENT_HELLO -> clientHello(size, body);
                        case HandshakeMessage.SERVER_HELLO -> serverHello(size, body);
                        case HandshakeMessage.SERVER_KEY_EXCHANGE -> serverKeyExchange(size, body);
                        default -> HandshakeMessage.name(type) + size;
                    });
        }

        private String clientHello(String size, byte[] body) {
            Optional<Hello> hello = Hello.ofClient(body);
            clientHello = hello.or(() -> clientHello);
            return hello.map(h -> "ClientHello" + size + ": versions " + String.join(", ", h.versions())
                            + h.serverName().map(name -> "; SNI " + name).orElse("; no SNI")
                            + "; cipher suites " + String.join(", ", h.cipherSuites())
                            + list("groups", h.groups())
                            + list("key shares", h.keyShares())
                            + list("signature algorithms", h.signatureAlgorithms())
                            + list("ALPN", h.applicationProtocols()))
                    .orElse("ClientHello" + size + ", malformed");
        }

        private static String list(String title, List<String> names) {
            return names.isEmpty() ? "" : "; " + title + " " + String.join(", ", names);
        }

        private String serverHello(String size, byte[] body) {
            serverHelloSeen = true;
            Optional<Hello> hello = Hello.ofServer(body);
            version = hello.map(h -> h.versions().getFirst());
            group = hello.flatMap(h -> h.groups().stream().findFirst()).or(() -> group);
            return hello.map(h -> (h.retryRequest() ? "HelloRetryRequest" : "ServerHello") + size + ": "
                            + h.versions().getFirst() + ", " + h.cipherSuites().getFirst()
                            + list("group", h.groups())
                            + list("ALPN", h.applicationProtocols()))
                    .orElse("ServerHello" + size + ", malformed");
        }

        /** TLS 1.2 and before name the curve here (RFC 8422 §5.4); with a finite field there is no name. */
        private String serverKeyExchange(String size, byte[] body) {
            boolean named = body.length > 2 && body[0] == 3;
            Optional<String> curve =
                    named ? Optional.of(GroupNames.name(((body[1] & 0xFF) << 8) | (body[2] & 0xFF))) : Optional.empty();
            group = curve.or(() -> group);
            return "ServerKeyExchange" + size
                    + curve.map(name -> ": group " + name).orElse("");
        }

        @Override
        public void foreign(byte[] bytes) {
            if (foreignLogged) {
                return;
            }
            int line = 0;
            while (line < bytes.length && bytes[line] != '\n') {
                line++;
            }
            boolean ended = line < bytes.length || bytes.length == RecordReader.MOST_KEPT;
            int end = line > 0 && line < bytes.length && bytes[line - 1] == '\r' ? line - 1 : line;
            unlogged = Optional.of(WireText.decode(Arrays.copyOf(bytes, end), 0, end));
            if (ended) {
                flush();
            }
        }

        private void flush() {
            unlogged.ifPresent(text -> append(arrow + "not TLS: " + text));
            foreignLogged |= unlogged.isPresent();
            unlogged = Optional.empty();
        }
    }
}
