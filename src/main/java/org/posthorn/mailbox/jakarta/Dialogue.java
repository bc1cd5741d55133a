package org.posthorn.mailbox.jakarta;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.posthorn.account.Endpoint;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapEngine;
import org.posthorn.client.line.ReadOnly;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * The commands of another and the replies to them, a line at a time: nothing is read ahead, so that the connection can be
 * taken back. It keeps what the other would forget: how the connection was lost, and the server's own words of a refusal.
 */
final class Dialogue {
    /** The other reads a literal into memory in one. */
    static final int LONGEST_LITERAL = 1024 * 1024;

    /** The other keeps all that is said to one command. */
    private static final long LONGEST_REPLY = 64L * 1024 * 1024;

    private static final int PIECE = 64 * 1024;

    /** It may be all that comes, and the other would wait for more. */
    private static final String BYE = "* BYE";

    /** Of a response that is shown, in characters. */
    private static final int SHOWN = 500;

    private final Transport transport;
    private final Endpoint endpoint;
    private final Duration limit;
    private final StringBuilder line = new StringBuilder();
    private Optional<Command> underWay = Optional.empty();
    private Optional<Failure> lost = Optional.empty();
    private Optional<Failure> refusal = Optional.empty();
    private Optional<IllegalStateException> overstepped = Optional.empty();
    private String latest = "";
    private long deadline;
    private long literal;
    private long received;

    /** A command whose reply is not complete. */
    private record Command(String tag, String name) {
        static Command of(byte[] bytes) {
            String[] words =
                    new String(bytes, StandardCharsets.ISO_8859_1).strip().split(" ", 4);
            boolean byUid = words.length > 2 && words[1].equalsIgnoreCase("UID");
            return new Command(words[0], byUid ? words[1] + " " + words[2] : words[Math.min(1, words.length - 1)]);
        }
    }

    /** On a connection that is logged in; the operation timeout is the limit for each command with its reply. */
    Dialogue(Transport transport, Endpoint endpoint) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.limit = endpoint.timeouts().operation();
    }

    /** How the connection was lost; empty while it is good. */
    Optional<Failure> lost() {
        return lost;
    }

    /** The latest refusal. */
    Optional<Failure> refusal() {
        return refusal;
    }

    /** What the other was made to do and must not: a bug, which it would take for a reply of the server. */
    Optional<IllegalStateException> overstepped() {
        return overstepped;
    }

    /** Keeps the bug for whoever takes the connection back. */
    IOException overstep(IllegalStateException bug) {
        overstepped = Optional.of(bug);
        return new IOException(bug);
    }

    /** Of something the other does not understand, in what was said last. */
    Failure violation(String detail) {
        return new Failure.ProtocolViolation(
                transport.phase(),
                "an answer that Jakarta Mail cannot read (" + transport.masked(detail) + ")",
                transport.masked(latest));
    }

    void send(byte[] bytes) throws IOException {
        if (underWay.isEmpty()) {
            check(bytes);
            underWay = Optional.of(Command.of(bytes));
            deadline = System.nanoTime() + limit.toNanos();
            received = 0;
        }
        within(lines -> {
            lines.sendRaw(bytes);
            return bytes;
        });
    }

    private void check(byte[] bytes) throws IOException {
        String[] words = new String(bytes, StandardCharsets.ISO_8859_1).strip().split(" ", 2);
        String command = words[words.length - 1];
        try {
            ReadOnly.check(endpoint, new ImapCommand(command).onlyReads());
        } catch (IllegalStateException e) {
            throw overstep(e);
        }
    }

    /** The next line with its end, or a part of one or of a literal. */
    byte[] receive() throws IOException {
        byte[] bytes = literal > 0
                ? within(lines -> lines.receiveRaw((int) Math.min(PIECE, literal)))
                : within(lines -> lines.receivePiece(PIECE));
        received += bytes.length;
        if (received > LONGEST_REPLY) {
            throw tooMuch("a reply", LONGEST_REPLY);
        }
        if (literal > 0) {
            literal -= bytes.length;
        } else {
            heard(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return bytes;
    }

    private void heard(String piece) throws IOException {
        line.append(piece);
        if (!piece.endsWith("\n")) {
            return;
        }
        String whole = line.toString().stripTrailing();
        OptionalLong size = ImapEngine.literalAt(whole);
        literal = size.orElse(0);
        if (literal > LONGEST_LITERAL) {
            throw tooMuch("a literal", LONGEST_LITERAL);
        }
        if (size.isEmpty()) {
            responded(whole);
            line.setLength(0);
        }
    }

    private void responded(String response) throws IOException {
        if (response.regionMatches(true, 0, BYE, 0, BYE.length())) {
            transport.close();
            throw lost(new Failure.ServerEnded(transport.phase(), transport.masked(response)));
        }
        Optional<Command> answered = underWay.filter(command -> response.startsWith(command.tag() + " "));
        if (answered.isEmpty()) {
            latest = response.substring(0, Math.min(SHOWN, response.length()));
        } else {
            underWay = Optional.empty();
            if (!response.regionMatches(true, answered.get().tag().length() + 1, "OK", 0, 2)) {
                refusal = Optional.of(new Failure.CommandRejected(
                        transport.phase(), answered.get().name(), transport.masked(response)));
            }
        }
    }

    private <T> T within(Transport.Exchange<T> exchange) throws IOException {
        if (lost.isPresent()) {
            throw new IOException("the connection was lost");
        }
        try {
            return transport.exchange(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())), exchange);
        } catch (FailureException e) {
            throw lost(
                    e.failure() instanceof Failure.TimedOut late
                            ? new Failure.TimedOut(late.stage(), limit)
                            : e.failure());
        }
    }

    private IOException tooMuch(String what, long most) {
        transport.close();
        return lost(new Failure.TooMuchReceived(transport.phase(), what, most));
    }

    private IOException lost(Failure failure) {
        lost = Optional.of(failure);
        return new IOException(failure.kind());
    }
}
