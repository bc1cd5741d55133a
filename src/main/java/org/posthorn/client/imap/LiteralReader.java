package org.posthorn.client.imap;

import java.util.Optional;
import java.util.OptionalLong;
import org.posthorn.client.line.Sink;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Reads responses whose literals go elsewhere in pieces, each with a deadline of its own (RFC 9051 §4.3). */
final class LiteralReader {
    private static final int PIECE = 256 * 1024;

    /** Of a response without the literals that went elsewhere, in characters. */
    private static final int LONGEST = 1024 * 1024;

    private final Transport transport;
    private final Exchanges exchanges;
    private final ImapResponses responses;

    /** How something is read within a limit of time. */
    interface Exchanges {
        <T> T run(Transport.Exchange<T> exchange) throws FailureException;
    }

    LiteralReader(Transport transport, Exchanges exchanges, ImapResponses responses) {
        this.transport = transport;
        this.exchanges = exchanges;
        this.responses = responses;
    }

    String line() throws FailureException {
        String rest = exchanges.run(Transport.Lines::receive);
        StringBuilder line = new StringBuilder(rest);
        for (OptionalLong size = ImapEngine.literalAt(rest); size.isPresent(); size = ImapEngine.literalAt(rest)) {
            literal(line, size.getAsLong());
            rest = exchanges.run(Transport.Lines::receive);
            line.append(rest);
            if (line.length() > LONGEST) {
                throw new FailureException(new Failure.TooMuchReceived(transport.phase(), "a response", LONGEST));
            }
        }
        return line.toString();
    }

    private void literal(StringBuilder line, long size) throws FailureException {
        Optional<Sink> sink = responses.literal(line.toString(), size);
        if (sink.isPresent()) {
            pour(size, sink.get());
            line.setLength(line.lastIndexOf("{"));
            line.append("{0}\r\n");
        } else {
            int count = (int) Math.min(Integer.MAX_VALUE, size);
            String literal = exchanges.run(lines -> lines.receive(count));
            line.append("\r\n").append(literal);
        }
    }

    private void pour(long size, Sink sink) throws FailureException {
        for (long left = size; left > 0; ) {
            int count = (int) Math.min(PIECE, left);
            sink.write(exchanges.run(lines -> lines.receiveRaw(count)));
            left -= count;
        }
    }
}
