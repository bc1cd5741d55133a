package org.posthorn.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands before a server for one connection and keeps every byte that passes, in both directions. */
public final class RecordingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
    private final Thread thread;

    public RecordingRelay(int server) throws IOException {
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.server = server;
        this.thread = Thread.ofVirtual().start(this::relay);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** All that the client sent, once it has left. */
    public byte[] fromClient() throws InterruptedException {
        thread.join();
        return fromClient.toByteArray();
    }

    /** All that the server sent, once both have left. */
    public byte[] fromServer() throws InterruptedException {
        thread.join();
        return fromServer.toByteArray();
    }

    private void relay() {
        try (Socket client = listener.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            Thread back = Thread.ofVirtual().start(() -> pass(upstream, client, fromServer));
            pass(client, upstream, fromClient);
            back.join();
        } catch (IOException _) {
            // Closed before anybody came.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to, ByteArrayOutputStream kept) {
        byte[] buffer = new byte[4096];
        try {
            for (int read = from.getInputStream().read(buffer); read >= 0; ) {
                kept.write(buffer, 0, read);
                to.getOutputStream().write(buffer, 0, read);
                read = from.getInputStream().read(buffer);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            // One side has gone; what it sent is kept.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
