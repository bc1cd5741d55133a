package org.posthorn.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Another IMAP client than the one under test, in plaintext. */
final class PlainImap implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private int tags;

    PlainImap(String host, int port) throws IOException {
        this.socket = new Socket(host, port);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        in.readLine();
    }

    /** Sends a command, awaits that the server says OK, and returns the lines before that. */
    List<String> command(String command) throws IOException {
        List<String> lines = new ArrayList<>();
        String tag = "x" + ++tags;
        socket.getOutputStream().write((tag + " " + command + "\r\n").getBytes(US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(tag + " OK")) {
                return lines;
            }
            if (line.startsWith(tag + " ")) {
                throw new IOException(line);
            }
            lines.add(line);
        }
        throw new IOException("the server left");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
