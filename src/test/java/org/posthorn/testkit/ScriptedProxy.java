package org.posthorn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The proxy's side of a dialogue, over a peer of a {@link ScriptedServer}. */
public final class ScriptedProxy {
    private final ScriptedServer.Peer client;

    public ScriptedProxy(ScriptedServer.Peer client) {
        this.client = client;
    }

    /** The lines of an HTTP request up to the empty one. */
    public List<String> httpHead() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = client.hear(); !line.isEmpty(); line = client.hear()) {
            lines.add(line);
        }
        return lines;
    }

    /** The method greeting of SOCKS 5; answers with the method. */
    public void socks5Method(int method) throws IOException {
        client.bytes(1);
        client.bytes(client.bytes(1)[0]);
        client.send(new byte[] {5, (byte) method});
    }

    /** User name and password of RFC 1929 as one text; answers with the status. */
    public String socks5Login(int status) throws IOException {
        client.bytes(1);
        String user = text(client.bytes(client.bytes(1)[0]));
        String password = text(client.bytes(client.bytes(1)[0]));
        client.send(new byte[] {1, (byte) status});
        return user + " " + password;
    }

    /** The CONNECT request as {@code host:port}; answers with the reply code. */
    public String socks5Connect(int code) throws IOException {
        client.bytes(3);
        String host = switch (client.bytes(1)[0]) {
            case 1 -> InetAddress.getByAddress(client.bytes(4)).getHostAddress();
            case 3 -> text(client.bytes(client.bytes(1)[0]));
            default -> InetAddress.getByAddress(client.bytes(16)).getHostAddress();
        };
        String destination = host + ":" + port(client.bytes(2));
        client.send(new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0});
        return destination;
    }

    /** The SOCKS 4 or 4a request as {@code host:port user}; answers with the reply code. */
    public String socks4Connect(int code) throws IOException {
        client.bytes(2);
        int port = port(client.bytes(2));
        byte[] address = client.bytes(4);
        String user = zeroEnded();
        boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0;
        String host = named ? zeroEnded() : InetAddress.getByAddress(address).getHostAddress();
        client.send(new byte[] {0, (byte) code, 0, 0, 0, 0, 0, 0});
        return host + ":" + port + " " + user;
    }

    /** Passes bytes both ways between the client and a server until either ends. */
    public void relay(ScriptedServer server) throws IOException {
        try (Socket upstream = new Socket(server.host(), server.port())) {
            Thread back = Thread.ofVirtual().start(() -> pass(upstream));
            client.relayTo(upstream.getOutputStream());
            upstream.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void pass(Socket upstream) {
        try {
            InputStream in = upstream.getInputStream();
            byte[] buffer = new byte[4096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                client.send(Arrays.copyOf(buffer, read));
            }
        } catch (IOException _) {
            // Either side is gone; the other is told by the end of its stream.
        }
    }

    private String zeroEnded() throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte b = client.bytes(1)[0]; b != 0; b = client.bytes(1)[0]) {
            text.append((char) b);
        }
        return text.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int port(byte[] bytes) {
        return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    }
}
