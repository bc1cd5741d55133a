package org.posthorn.transport;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.transport.tls.ChannelBinding;
import org.posthorn.transport.tls.ClientHandshake;

/**
 * A line-oriented conversation with one server, secured in place. Everything happens inside an {@link #exchange}, which has
 * a deadline, a byte cap and an ear for the cancel; one that failed leaves the connection closed, since a late reply would
 * be taken for the next command's.
 */
public final class Transport implements Closeable {
    /** Enough for a greeting or the head of an HTTP reply. */
    private static final int MOST_PLAINTEXT = 512;

    private static final int COMPRESSION_BUFFER = 8192;

    private final Link link;
    private final Socket socket;
    private final Guard guard;
    private final ByteCaps caps;
    private final Taps taps;
    /** As it comes from the socket or out of TLS, before a tap has seen it. */
    private InputStream untapped;

    private InputStream in;
    private OutputStream out;
    private LineReader reader;
    private boolean spoken;
    private Optional<ChannelBinding> channelBinding = Optional.empty();
    private long received;

    Transport(Link link, Guard guard, ByteCaps caps, Taps taps) {
        this.link = link;
        this.socket = link.socket();
        this.guard = guard;
        this.caps = caps;
        this.taps = taps;
        this.untapped = link.in();
        this.in = new TappedInputStream(untapped, this::tapReceived);
        this.out = link.out();
        this.reader = new LineReader(in);
    }

    /** One or more commands with their replies. */
    public interface Exchange<T> {
        T run(Lines lines) throws IOException, FailureException;
    }

    /** What an exchange may do. */
    public final class Lines {
        private Lines() {}

        /** Sends a line; its end is added. */
        public void send(String line) throws IOException {
            write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        /** Sends bytes as they are. */
        public void sendRaw(byte[] bytes) throws IOException {
            write(bytes);
        }

        /** The next line without its end. */
        public String receive() throws IOException {
            return LineText.of(reader.line(caps.line()));
        }

        /** The next line without its end, byte for byte. */
        public byte[] receiveRawLine() throws IOException {
            return reader.line(caps.line());
        }

        /** Exactly so many bytes, for literals. */
        public String receive(int count) throws IOException {
            return LineText.of(reader.bytes(count));
        }

        /** Exactly so many bytes, as they are. */
        public byte[] receiveRaw(int count) throws IOException {
            return reader.bytes(count);
        }

        /** A line with its end, byte for byte; of a longer one the next so many bytes. */
        public byte[] receivePiece(int most) throws IOException {
            return reader.piece(most);
        }

        /** Everything until the server ends the connection. */
        public byte[] receiveRest() throws IOException {
            return reader.rest();
        }

        private void write(byte[] bytes) throws IOException {
            taps.lines().sent(bytes, 0, bytes.length);
            if (!spoken) {
                spoken = true;
                reader.allow(caps.reply());
            }
            out.write(bytes);
            out.flush();
        }
    }

    /**
     * Runs commands within the limit and within the cap of one reply.
     *
     * @throws FailureException when the connection was lost, the limit passed, too much came or the person stopped it; the
     *     connection is closed then
     */
    public <T> T exchange(Duration limit, Exchange<T> exchange) throws FailureException {
        reader.allow(spoken ? caps.reply() : caps.greeting());
        try {
            return guard.within(limit, socket, () -> exchange.run(new Lines()));
        } catch (IOException e) {
            Sockets.close(socket);
            ClientHandshake.tellAlert(e, taps.records());
            throw new FailureException(failure(e, limit));
        }
    }

    /**
     * Handshakes on this connection.
     *
     * @param afterStarttls whether plaintext has been spoken before; what lies unread then is an injection
     * @param learned hears the facts, also those of a handshake that fails
     */
    public void secure(ClientHandshake handshake, Duration limit, boolean afterStarttls, Consumer<TlsFacts> learned)
            throws FailureException {
        handshake.warning().ifPresent(this::note);
        try {
            guard.within(limit, socket, () -> {
                var tapped = new TappedSocket(link, taps.records());
                var session = handshake.run(tapped, socket.getInetAddress(), socket.getPort(), taps.records());
                untapped = session.in();
                in = new TappedInputStream(untapped, this::tapReceived);
                out = session.out();
                reader = new LineReader(in);
                return session;
            });
            taps.records().handshakeDone();
            channelBinding = handshake.channelBinding();
            handshake.askIssuers();
        } catch (IOException e) {
            var failure = handshakeFailure(e, handshake, limit, afterStarttls);
            Sockets.close(socket);
            throw new FailureException(failure);
        } catch (FailureException e) {
            Sockets.close(socket);
            throw e;
        } finally {
            learned.accept(handshake.facts(taps.records()));
        }
    }

    /** From here on both directions are compressed by DEFLATE (RFC 4978); the log shows the lines inside. */
    public void compress() {
        InputStream compressed = new SequenceInputStream(new ByteArrayInputStream(reader.readAhead()), untapped);
        // Their memory goes with them: ending them while a cancel closes the connection under a reader would be too
        // early.
        in = new TappedInputStream(
                new InflaterInputStream(compressed, new Inflater(true), COMPRESSION_BUFFER), this::tapReceived);
        out = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), COMPRESSION_BUFFER, true);
        reader = new LineReader(in);
        note("From here on both directions are compressed (DEFLATE); these are the lines inside.");
    }

    /** Plaintext that has been received and not been asked for; empty when there is none. */
    public String unread() throws FailureException {
        try {
            byte[] ahead = reader.readAhead();
            int waiting = ahead.length == 0 ? link.in().available() : 0;
            if (waiting > 0) {
                return LineText.of(in.readNBytes(Math.min(waiting, caps.line())));
            }
            return LineText.of(ahead);
        } catch (IOException e) {
            throw new FailureException(new Failure.ConnectionLost(taps.phase().get(), words(e)));
        }
    }

    /** Whether more has come than was asked for. */
    public boolean isAhead() {
        return reader.readAhead().length > 0;
    }

    /** What a login on this connection can be bound to; absent without TLS. */
    public Optional<ChannelBinding> channelBinding() {
        return channelBinding;
    }

    /** How many bytes have come so far, above TLS. */
    public long received() {
        return received;
    }

    /** Whether a byte has come, be it below TLS. */
    public boolean answered() {
        return received > 0 || taps.records().receivedAnything();
    }

    /** Removes the secrets of this connection from words of the server. */
    public String masked(String text) {
        return taps.mask().mask(text);
    }

    /** This machine's address on the connection. */
    public InetAddress localAddress() {
        return socket.getLocalAddress();
    }

    public void note(String text) {
        taps.lines().note(text);
    }

    public Phase phase() {
        return taps.phase().get();
    }

    @Override
    public void close() {
        Sockets.close(socket);
        taps.lines().flush();
        taps.records().flush();
    }

    private void tapReceived(byte[] bytes, int offset, int length) {
        // What the peer says to our end of stream, once a deadline or a cancel has closed the socket, is part of
        // nothing.
        if (!socket.isClosed()) {
            received += length;
            taps.lines().received(bytes, offset, length);
        }
    }

    private Failure failure(IOException e, Duration limit) {
        Phase stage = phase();
        return switch (e) {
            case Guard.DeadlinePassed _ -> new Failure.TimedOut(stage, limit);
            case Guard.Stopped _ -> new Failure.Cancelled(stage);
            case ZipException zip ->
                new Failure.ProtocolViolation(stage, "what came is not compressed by DEFLATE: " + words(zip), "");
            case LineReader.CapExceeded cap -> new Failure.TooMuchReceived(stage, cap.what(), cap.cap());
            // TLS 1.3 may refuse a client only after the handshake, for example with certificate_required.
            case IOException tls
            when ClientHandshake.alertIn(tls).isPresent() ->
                new Failure.HandshakeFailed(words(tls), ClientHandshake.alertIn(tls), ClientHandshake.isOwnAlert(tls));
            default -> new Failure.ConnectionLost(stage, words(e));
        };
    }

    private Failure handshakeFailure(IOException e, ClientHandshake handshake, Duration limit, boolean afterStarttls) {
        if (e instanceof Guard.Stopped) {
            return new Failure.Cancelled(Phase.TLS);
        }
        readRest(e);
        var plaintext = taps.records().notTls();
        if (plaintext.isPresent()) {
            String text = masked(firstLine(plaintext.get()));
            return afterStarttls ? new Failure.StarttlsInjection(text) : new Failure.TlsNotSpoken(text);
        }
        if (e instanceof Guard.DeadlinePassed) {
            return new Failure.HandshakeTimeout(limit, taps.records().receivedAnything());
        }
        return handshake.failure(e, taps.records());
    }

    private static String firstLine(byte[] plaintext) {
        return LineText.of(plaintext).strip().lines().findFirst().orElse("");
    }

    /**
     * The TLS stack reads five bytes of plaintext and gives up, and what else has come tells who speaks here. And a server
     * that has had enough closes behind its alert: the next write fails before the alert was read.
     */
    private void readRest(IOException e) {
        boolean cutOff = e instanceof SocketException || e.getCause() instanceof SocketException;
        try {
            InputStream raw = link.in();
            if ((cutOff || taps.records().notTls().isPresent()) && raw.available() > 0) {
                byte[] rest = raw.readNBytes(Math.min(raw.available(), MOST_PLAINTEXT));
                taps.records().received(rest, 0, rest.length);
            }
        } catch (IOException _) {
            // The connection is gone, and with it what it may have held.
        }
    }

    private static String words(IOException e) {
        if (e instanceof EOFException) {
            return "the server closed the connection";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
