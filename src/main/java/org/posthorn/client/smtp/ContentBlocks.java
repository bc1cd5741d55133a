package org.posthorn.client.smtp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.posthorn.client.line.Blocks;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Sends a message in blocks, each with a limit of its own (RFC 5321 §4.5.3.2.5), and the dot that ends it. */
final class ContentBlocks {
    private static final int BLOCK = 32 * 1024;

    private final Transport transport;
    private final Duration limit;
    private final LongConsumer sent;

    ContentBlocks(Transport transport, Duration limit, LongConsumer sent) {
        this.transport = transport;
        this.limit = limit;
        this.sent = sent;
    }

    /** Writes a message to where it is told. */
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Sends all of it.
     *
     * @param ending is told before the end is sent: once a part of it is on the way, the server may deliver the message
     */
    void send(Writer message, Runnable ending) throws FailureException {
        var out = new DotStuffing(new BufferedOutputStream(new Blocks(transport, limit, sent), BLOCK));
        try {
            message.writeTo(out);
            ending.run();
            out.end();
        } catch (Blocks.Ended e) {
            throw e.reason();
        } catch (IOException e) {
            // A message is made before it is sent, and then needs nothing that can fail.
            throw new UncheckedIOException(e);
        }
    }
}
