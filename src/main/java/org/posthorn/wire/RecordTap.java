package org.posthorn.wire;

import java.util.Arrays;
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
                append(arrow + "encrypted handshake record (" + length + " bytes)");
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
                        default -> HandshakeMessage.name(type) + size;
                    });
        }

        private String clientHello(String size, byte[] body) {
            return Hello.ofClient(body)
                    .map(hello -> "ClientHello" + size + ": versions " + String.join(", ", hello.versions())
                            + hello.serverName().map(name -> "; SNI " + name).orElse("; no SNI")
                            + "; cipher suites " + String.join(", ", hello.cipherSuites()))
                    .orElse("ClientHello" + size + ", malformed");
        }

        private String serverHello(String size, byte[] body) {
            serverHelloSeen = true;
            Optional<Hello> hello = Hello.ofServer(body);
            version = hello.map(h -> h.versions().getFirst());
            return hello.map(h -> (h.retryRequest() ? "HelloRetryRequest" : "ServerHello") + size + ": "
                            + h.versions().getFirst() + ", " + h.cipherSuites().getFirst())
                    .orElse("ServerHello" + size + ", malformed");
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
