package org.posthorn.wire;

import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Puts handshake messages together that stand in one direction's records, several in one or one in several (RFC 8446 §5.1).
 * Only the two hellos are kept to be read; of the others the length is enough.
 */
final class HandshakeReader {
    private static final int HEADER = 4;

    /** Those that are read; of the others the name is enough. */
    private static final Set<Integer> KEPT =
            Set.of(HandshakeMessage.CLIENT_HELLO, HandshakeMessage.SERVER_HELLO, HandshakeMessage.SERVER_KEY_EXCHANGE);

    /** No hello is longer, with keys and tickets of every kind. */
    private static final int LONGEST_HELLO = 64 * 1024;

    private final Messages messages;
    private final byte[] header = new byte[HEADER];
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int headerSize;
    private int remaining;

    HandshakeReader(Messages messages) {
        this.messages = messages;
    }

    /** Where the messages go. */
    interface Messages {
        /**
         * Takes a message.
         *
         * @param type its type, RFC 8446 §4
         * @param length its length without the header
         * @param body its content; of one that is read and too long its beginning, of other messages nothing
         */
        void message(int type, int length, byte[] body);
    }

    void feed(byte[] fragment) {
        int at = 0;
        while (at < fragment.length) {
            if (headerSize < HEADER) {
                header[headerSize] = fragment[at];
                headerSize++;
                at++;
                remaining = length();
            } else {
                int taken = Math.min(remaining, fragment.length - at);
                keep(fragment, at, taken);
                at += taken;
                remaining -= taken;
            }
            if (headerSize == HEADER && remaining == 0) {
                finish();
            }
        }
    }

    private void keep(byte[] fragment, int offset, int length) {
        if (KEPT.contains((int) header[0])) {
            body.write(fragment, offset, Math.min(length, LONGEST_HELLO - body.size()));
        }
    }

    private void finish() {
        headerSize = 0;
        byte[] content = body.toByteArray();
        body.reset();
        messages.message(header[0] & 0xFF, length(), content);
    }

    private int length() {
        return ((header[1] & 0xFF) << 16) | ((header[2] & 0xFF) << 8) | (header[3] & 0xFF);
    }
}
