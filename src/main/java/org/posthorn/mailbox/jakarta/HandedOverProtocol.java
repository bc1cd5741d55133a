package org.posthorn.mailbox.jakarta;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/** The protocol on a connection that is logged in; taking leave is not its affair. */
final class HandedOverProtocol extends IMAPProtocol {
    private boolean left;

    HandedOverProtocol(Dialogue dialogue, Properties settings, List<String> capabilities) throws IOException {
        super(
                new Input(dialogue),
                new PrintStream(new Output(dialogue), false, StandardCharsets.ISO_8859_1),
                settings,
                false);
        setCapabilities(new Response("* OK [CAPABILITY " + String.join(" ", capabilities) + "]"));
    }

    @Override
    public synchronized boolean isAuthenticated() {
        return !left;
    }

    @Override
    public boolean isREV1() {
        return true;
    }

    @Override
    public synchronized void logout() {
        left = true;
    }

    @Override
    public synchronized void disconnect() {
        left = true;
    }

    /** Gives a line at a time, so that nobody behind it reads ahead. */
    private static final class Input extends InputStream {
        private final Dialogue dialogue;
        private byte[] bytes = new byte[0];
        private int position;

        Input(Dialogue dialogue) {
            this.dialogue = dialogue;
        }

        @Override
        public int read() throws IOException {
            fill();
            return bytes[position++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            fill();
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }

        private void fill() throws IOException {
            if (position == bytes.length) {
                bytes = dialogue.receive();
                position = 0;
            }
        }
    }

    private static final class Output extends OutputStream {
        private final Dialogue dialogue;

        Output(Dialogue dialogue) {
            this.dialogue = dialogue;
        }

        @Override
        public void write(int b) throws IOException {
            dialogue.send(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            dialogue.send(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }
}
