package org.posthorn.mailbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.client.line.Sink;
import org.posthorn.client.pop3.Pop3Answer;
import org.posthorn.client.pop3.Pop3Command;
import org.posthorn.client.pop3.Pop3Pipeline;
import org.posthorn.client.pop3.Pop3Responses;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** The headers of messages (TOP, RFC 1939 §7), one message at a time: a stranger may have written lines of any length. */
public final class Pop3Headers {
    private static final int LARGEST = 16 * 1024 * 1024;

    private Pop3Headers() {}

    /**
     * Reads them.
     *
     * @param each hears the headers of each message, in the order of the numbers; none where the server refuses
     */
    public static void read(
            Transport transport, Pop3Pipeline pipeline, List<Integer> numbers, Consumer<MessageHeaders> each)
            throws FailureException {
        pipeline.run(numbers.stream().map(number -> Pop3Command.top(number, 0)).toList(), new Tops(transport, each));
    }

    private static final class Tops implements Pop3Responses {
        private final Transport transport;
        private final Consumer<MessageHeaders> each;
        private final ByteArrayOutputStream top = new ByteArrayOutputStream();

        Tops(Transport transport, Consumer<MessageHeaders> each) {
            this.transport = transport;
            this.each = each;
        }

        @Override
        public Sink body(Pop3Command command) {
            return this::keep;
        }

        private void keep(byte[] piece) throws FailureException {
            if (top.size() + piece.length > LARGEST) {
                throw new FailureException(new Failure.TooMuchReceived(transport.phase(), "a header", LARGEST));
            }
            top.writeBytes(piece);
        }

        @Override
        public void answered(Pop3Answer answer) {
            String[] lines = top.toString(StandardCharsets.ISO_8859_1).split("\r?\n");
            top.reset();
            each.accept(MessageHeaders.of(Arrays.asList(lines)));
        }
    }
}
