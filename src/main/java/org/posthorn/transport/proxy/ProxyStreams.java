package org.posthorn.transport.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * The streams of a connection to a proxy. Bytes are read singly where their number is not known, since what follows the
 * proxy's reply belongs to the server.
 */
public final class ProxyStreams {
    private final InputStream in;
    private final OutputStream out;
    private final Consumer<String> said;
    private final Consumer<String> heard;

    /** With two listeners for the log: each hears a line in which no secret stands. */
    public ProxyStreams(InputStream in, OutputStream out, Consumer<String> said, Consumer<String> heard) {
        this.in = in;
        this.out = out;
        this.said = said;
        this.heard = heard;
    }

    void send(byte[] bytes, String shown) throws IOException {
        said.accept(shown);
        out.write(bytes);
        out.flush();
    }

    void heard(String shown) {
        heard.accept(shown);
    }

    int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }
}
