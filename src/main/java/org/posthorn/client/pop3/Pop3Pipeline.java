package org.posthorn.client.pop3;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.client.line.InFlight;
import org.posthorn.client.line.ReadOnly;
import org.posthorn.client.line.Sink;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Sends commands of the transaction state, ahead of their replies where pipelining is in force (RFC 2449 §6.6). The
 * operation timeout is the limit for each reply, and for each {@value #SLICE} bytes of a long one.
 */
public final class Pop3Pipeline {
    private static final int SLICE = 512 * 1024;

    /** No message is larger that a server takes. */
    private static final int LARGEST = 256 * 1024 * 1024;

    private final Transport transport;
    private final Endpoint endpoint;
    private final boolean pipelined;

    public Pop3Pipeline(Transport transport, Endpoint endpoint, boolean pipelined) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.pipelined = pipelined;
    }

    /**
     * Carries out the commands in their order.
     *
     * @param answers hears each answer, on the calling thread; a refusal is one of them
     * @throws FailureException when the connection was lost or what came is not the protocol
     */
    public void run(List<Pop3Command> commands, Consumer<Pop3Answer> answers) throws FailureException {
        carryOut(commands, this::answer, answers::accept);
    }

    /**
     * Carries out the commands in their order and keeps no line that follows a reply.
     *
     * @throws FailureException when the connection was lost or what came is not the protocol, and what the responses throw
     */
    public void run(List<Pop3Command> commands, Pop3Responses responses) throws FailureException {
        carryOut(commands, command -> poured(command, responses), responses::answered);
    }

    private interface Reading {
        Pop3Answer answer(Pop3Command command) throws FailureException;
    }

    private interface Answers {
        void accept(Pop3Answer answer) throws FailureException;
    }

    private void carryOut(List<Pop3Command> commands, Reading reading, Answers answers) throws FailureException {
        ReadOnly.check(endpoint, commands.stream().allMatch(Pop3Command::onlyReads));
        var inFlight = new InFlight<Pop3Command>(transport, limit(), pipelined, Pop3Command::text, (_, _) -> true);
        inFlight.add(commands);
        for (List<Pop3Command> waiting = inFlight.send(); !waiting.isEmpty(); waiting = inFlight.send()) {
            Pop3Answer answer = reading.answer(waiting.getFirst());
            inFlight.answered(waiting.getFirst());
            answers.accept(answer);
        }
        if (transport.isAhead()) {
            throw violation("more replies than there were commands", transport.unread());
        }
    }

    private Pop3Answer poured(Pop3Command command, Pop3Responses responses) throws FailureException {
        Pop3Reply reply = reply();
        if (reply.ok() && command.multiline()) {
            Sink sink = responses.body(command);
            Unstuffing body = new Unstuffing();
            while (!body.isEnded()) {
                sink.write(transport.exchange(limit(), lines -> body.next(lines, SLICE)));
            }
        }
        return new Pop3Answer(command, reply, List.of());
    }

    private Pop3Reply reply() throws FailureException {
        String status = transport.exchange(limit(), Transport.Lines::receive);
        return Pop3Reply.parse(status)
                .orElseThrow(() -> violation("a reply that begins with neither +OK nor -ERR", status));
    }

    private Pop3Answer answer(Pop3Command command) throws FailureException {
        Pop3Reply reply = reply();
        List<byte[]> lines = new ArrayList<>();
        boolean more = reply.ok() && command.multiline();
        for (long size = 0; more; ) {
            List<byte[]> slice = transport.exchange(limit(), Pop3Pipeline::slice);
            more = !isEnd(slice.getLast());
            lines.addAll(more ? slice : slice.subList(0, slice.size() - 1));
            size += slice.stream().mapToLong(line -> line.length).sum();
            if (size > LARGEST) {
                transport.close();
                throw new FailureException(new Failure.TooMuchReceived(transport.phase(), "a message", LARGEST));
            }
        }
        return new Pop3Answer(
                command, reply, lines.stream().map(Pop3Pipeline::unstuffed).toList());
    }

    /** Lines to the one that is a dot, or as many as one limit is for. */
    private static List<byte[]> slice(Transport.Lines lines) throws IOException {
        List<byte[]> slice = new ArrayList<>();
        int size = 0;
        do {
            slice.add(lines.receiveRawLine());
            size += slice.getLast().length + 2;
        } while (!isEnd(slice.getLast()) && size < SLICE);
        return slice;
    }

    private static boolean isEnd(byte[] line) {
        return line.length == 1 && line[0] == '.';
    }

    /** RFC 1939 §3. */
    private static byte[] unstuffed(byte[] line) {
        return line.length > 0 && line[0] == '.' ? Arrays.copyOfRange(line, 1, line.length) : line;
    }

    private FailureException violation(String detail, String received) {
        return new FailureException(
                new Failure.ProtocolViolation(transport.phase(), detail, transport.masked(received)));
    }

    private Duration limit() {
        return endpoint.timeouts().operation();
    }
}
