package org.posthorn.client.imap;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.client.line.Blocks;
import org.posthorn.client.line.ReadOnly;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * The APPEND command (RFC 9051 §6.3.12), its message as a literal: without waiting for the server's consent where it offers
 * LITERAL+, or LITERAL- and the message is small (RFC 7888), else after its continuation request. The operation timeout is the
 * limit for each block of the message and for each reply.
 */
public final class ImapAppend {
    private static final String TAG = "m1";
    private static final int BLOCK = 32 * 1024;

    /** In octets; larger literals must wait under LITERAL- (RFC 7888 §5). */
    private static final int SMALL = 4096;

    private final Transport transport;
    private final Endpoint endpoint;
    private final List<String> capabilities;

    /**
     * On one connection.
     *
     * @param capabilities that are in force there
     */
    public ImapAppend(Transport transport, Endpoint endpoint, List<String> capabilities) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.capabilities =
                capabilities.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    /**
     * What is appended.
     *
     * @param flags such as {@code \Seen}; none where they are not known
     * @param date as IMAP writes it; without one the server takes its own time
     * @param size of the content in octets
     */
    public record Message(MailboxName folder, List<String> flags, Optional<String> date, long size, Content content) {
        public Message {
            flags = List.copyOf(flags);
        }
    }

    /** Writes a message to where it is told. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Is told before the end of a message is sent. */
    @FunctionalInterface
    public interface Ending {
        void run() throws FailureException;
    }

    /**
     * Appends a message.
     *
     * @param ending from here on the server may have the message, whatever becomes of the connection
     * @return the reply; one that is not OK leaves the connection as it was
     * @throws FailureException when the connection was lost, a limit passed, the message could not be read or what came is not
     *     the protocol
     */
    public ImapReply append(Message message, Ending ending) throws FailureException {
        ReadOnly.check(endpoint, false);
        boolean waits = !isTakenUnasked(message.size());
        transport.exchange(limit(), lines -> {
            lines.send(command(message, waits));
            return waits;
        });
        if (waits) {
            String consent = answer();
            if (!consent.startsWith("+")) {
                return reply(consent);
            }
        }
        send(message, ending);
        return reply(answer());
    }

    private boolean isTakenUnasked(long size) {
        // IMAP4rev2 includes LITERAL- (RFC 9051 §4.3).
        boolean small = capabilities.contains("LITERAL-") || capabilities.contains("IMAP4REV2");
        return capabilities.contains("LITERAL+") || (small && size <= SMALL);
    }

    private static String command(Message message, boolean waits) {
        String flags = message.flags().isEmpty() ? "" : " (" + String.join(" ", message.flags()) + ")";
        String date = message.date().map(text -> " \"" + text + "\"").orElse("");
        return TAG + " APPEND " + message.folder().argument() + flags + date + " {" + message.size()
                + (waits ? "}" : "+}");
    }

    private void send(Message message, Ending ending) throws FailureException {
        var counted =
                new Counted(new BufferedOutputStream(new Blocks(transport, limit(), _ -> {}), BLOCK), message.size());
        try {
            message.content().writeTo(counted);
            counted.requireAll();
            ending.run();
            counted.end();
        } catch (Blocks.Ended e) {
            throw e.reason();
        } catch (IOException e) {
            // The server still waits for the rest: only the end of the connection ends that.
            throw new FailureException(new Failure.ConnectionLost(
                    transport.phase(), "the message could not be read to its end: " + words(e)));
        }
    }

    private static String words(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    /** Exactly as many octets as were announced: one more would be taken for a command. */
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long left;

        Counted(OutputStream out, long size) {
            this.out = out;
            this.left = size;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("it has grown");
            }
            out.write(bytes, offset, length);
        }

        void requireAll() throws IOException {
            if (left > 0) {
                throw new IOException("it has shrunk");
            }
        }

        void end() throws IOException {
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    /** The tagged line or the continuation request; what comes untagged before it is of no use here. */
    private String answer() throws FailureException {
        List<String> farewell = new ArrayList<>();
        return transport.exchange(limit(), lines -> {
            try {
                String line = ImapEngine.line(lines);
                while (line.startsWith("* ")) {
                    if (line.regionMatches(true, 0, "* BYE", 0, 5)) {
                        farewell.add(line);
                    }
                    line = ImapEngine.line(lines);
                }
                return line;
            } catch (EOFException | SocketException e) {
                if (!farewell.isEmpty()) {
                    throw new FailureException(new Failure.ServerEnded(transport.phase(), farewell.getFirst()));
                }
                throw e;
            }
        });
    }

    private ImapReply reply(String line) throws FailureException {
        String status = Optional.of(line)
                .filter(each -> each.startsWith(TAG + " "))
                .flatMap(ImapReply::statusOf)
                .orElseThrow(() -> new FailureException(new Failure.ProtocolViolation(
                        transport.phase(), "a line that does not end APPEND", transport.masked(line))));
        return new ImapReply(List.of(), status, line);
    }

    private Duration limit() {
        return endpoint.timeouts().operation();
    }
}
