package org.posthorn.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A server on loopback that says what a test tells it to say, on a free port, one thread for each connection. */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Thread> served = ConcurrentHashMap.newKeySet();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    /** What is done with each connection; when it returns, the connection is closed. */
    @FunctionalInterface
    public interface Script {
        void run(Peer peer) throws IOException, InterruptedException;
    }

    public static ScriptedServer of(Script script) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ScriptedServer server = new ScriptedServer(listener, script);
        server.start(server::accept);
        return server;
    }

    /** The same with TLS from the first byte. */
    public static ScriptedServer secured(SSLContext context, Script script) throws IOException {
        return of(peer -> {
            peer.startTls(context);
            script.run(peer);
        });
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The lines that clients sent and scripts read, in order. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** How many connections there have been. */
    public int connections() {
        return served.size();
    }

    /** Returns when every script has ended, which for one that goes on until the client leaves shows that it left. */
    public void awaitScripts() throws InterruptedException {
        for (Thread thread : served) {
            thread.join();
        }
    }

    /** Ends every connection and returns when no thread of the server is left. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private Thread start(Runnable work) {
        Thread thread = Thread.ofVirtual().unstarted(work);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                socket.setTcpNoDelay(true);
                served.add(start(() -> serve(socket)));
            }
        } catch (IOException _) {
            // Closed: the server ends.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Peer(socket));
        } catch (IOException | InterruptedException _) {
            // The client went away, or the server was closed; the client's side is what tests look at.
        }
    }

    /** One connection, seen from the server. */
    public final class Peer {
        private final Socket raw;
        private InputStream in;
        private OutputStream out;

        Peer(Socket raw) throws IOException {
            this.raw = raw;
            this.in = new BufferedInputStream(raw.getInputStream());
            this.out = raw.getOutputStream();
        }

        /** Sends lines, each with its end. */
        public void say(String... lines) throws IOException {
            send((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Awaits a line; its tag, if it has one, is the first word. */
        public String hear() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("the client left");
                }
                line.write(b);
            }
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            heard.add(text);
            return text;
        }

        /** Waits a moment for more from the client; what comes stays to be heard. */
        public boolean isSilent() throws IOException {
            raw.setSoTimeout(20);
            in.mark(1);
            try {
                in.read();
                in.reset();
                return false;
            } catch (SocketTimeoutException _) {
                return true;
            } finally {
                raw.setSoTimeout(0);
            }
        }

        /** Awaits a tagged command and answers it: untagged lines first, then the tag and the last text. */
        public void answer(String... lines) throws IOException {
            String tag = hear().split(" ", 2)[0];
            for (String line : lines) {
                say(line.replace("TAG", tag));
            }
        }

        /** Returns the session, seen from the server. */
        public SSLSession startTls(SSLContext context) throws IOException {
            return startTls(context, false);
        }

        public SSLSession startTls(SSLContext context, boolean needsClientCertificate) throws IOException {
            SSLParameters parameters = new SSLParameters();
            parameters.setNeedClientAuth(needsClientCertificate);
            return startTls(context, parameters);
        }

        public SSLSession startTls(SSLContext context, SSLParameters parameters) throws IOException {
            var tls = (SSLSocket) context.getSocketFactory().createSocket(raw, "127.0.0.1", raw.getPort(), true);
            tls.setUseClientMode(false);
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            in = new BufferedInputStream(tls.getInputStream());
            out = tls.getOutputStream();
            return tls.getSession();
        }

        /** Puts another TLS than Java's under the conversation. */
        public void startTls(OldTls tls) throws IOException {
            OldTls.Streams streams = tls.over(raw.getInputStream(), out);
            in = new BufferedInputStream(streams.in());
            out = streams.out();
        }

        /** From here on both directions are compressed (RFC 4978). */
        public void compress() {
            in = new BufferedInputStream(new InflaterInputStream(in, new Inflater(true)));
            out = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true), true);
        }

        /** Puts something that was seen otherwise among the lines that were heard. */
        public void note(String seen) {
            heard.add(seen);
        }

        /** Awaits so many bytes, for literals. */
        public String hear(int bytes) throws IOException {
            String text = new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
            heard.add(text);
            return text;
        }

        /** Ends the connection at once, from any thread. */
        public void cut() throws IOException {
            raw.close();
        }

        /** Ends what the server says and goes on until the client leaves too. */
        public void end() throws IOException {
            raw.shutdownOutput();
            raw.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        /** Awaits exactly so many bytes. */
        public byte[] bytes(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("the client left");
            }
            return bytes;
        }

        /** Passes on what the client sends until it leaves. */
        public void relayTo(OutputStream upstream) throws IOException {
            byte[] buffer = new byte[4096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                upstream.write(buffer, 0, read);
                upstream.flush();
            }
        }

        /** Ends the connection with a reset instead of an end of stream. */
        public void reset() throws IOException {
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** Says nothing more and keeps the connection until the server is closed. */
        public void hold() throws InterruptedException {
            closed.await();
        }

        /** Waits a moment for the client to leave; forgets what it says. */
        public boolean left() throws IOException {
            raw.setSoTimeout(5);
            try {
                return raw.getInputStream().read(new byte[1024]) < 0;
            } catch (SocketTimeoutException _) {
                return false;
            }
        }

        /** Reads and forgets until the client leaves. */
        public void ignore() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
