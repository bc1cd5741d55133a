package org.posthorn.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection as far as the server: a socket and the streams to speak through, which are not the socket's own where a
 * proxy is spoken to under TLS.
 */
public final class Link implements Closeable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Link(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    static Link over(Socket socket) throws IOException {
        return new Link(socket, socket.getInputStream(), socket.getOutputStream());
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
