package org.posthorn.client.line;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Sends what is written to it, each write as a block with a limit of its own. */
public final class Blocks extends OutputStream {
    private final Transport transport;
    private final Duration limit;
    private final LongConsumer sent;
    private long total;

    /**
     * On a connection.
     *
     * @param limit for each block
     * @param sent hears after each block how many bytes have been sent in all
     */
    public Blocks(Transport transport, Duration limit, LongConsumer sent) {
        this.transport = transport;
        this.limit = limit;
        this.sent = sent;
    }

    /** What ended the connection, on its way through whoever writes. */
    public static final class Ended extends IOException {
        private static final long serialVersionUID = 1L;
        private final FailureException reason;

        Ended(FailureException reason) {
            this.reason = reason;
        }

        public FailureException reason() {
            return reason;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] block = Arrays.copyOfRange(bytes, offset, offset + length);
        try {
            transport.exchange(limit, lines -> {
                lines.sendRaw(block);
                return block;
            });
        } catch (FailureException e) {
            throw new Ended(e);
        }
        total += length;
        sent.accept(total);
    }
}
