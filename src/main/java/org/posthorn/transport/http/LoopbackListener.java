package org.posthorn.transport.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/**
 * Awaits the one request by which a browser comes back (RFC 8252 §7.3): on the IPv4 loopback address alone, on a free port.
 * Browsers open connections ahead and ask for icons, so each connection is read on a thread of its own, and only a request for
 * the awaited path counts.
 */
public final class LoopbackListener implements AutoCloseable {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int READ_LIMIT_MILLIS = 10_000;
    private static final int BACKLOG = 16;

    private final ServerSocket listener;
    private final String path;
    private final Page page;
    private final Thread accepting;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

    private LoopbackListener(ServerSocket listener, String path, Page page) {
        this.listener = listener;
        this.path = path;
        this.page = page;
        this.accepting = Thread.ofVirtual().name("loopback").unstarted(this::accept);
    }

    /** What the browser shows. */
    @FunctionalInterface
    public interface Page {
        /** HTML for the parameters that came. */
        String of(Map<String, String> parameters);
    }

    /** Begins to listen for a path such as {@code /callback}. */
    public static LoopbackListener open(String path, Page page) throws IOException {
        // 127.0.0.1 by its bytes: a name could be looked up, and could be another machine's.
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        LoopbackListener opened = new LoopbackListener(new ServerSocket(0, BACKLOG, loopback), path, page);
        opened.accepting.start();
        return opened;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Awaits the parameters of the request, a limited time.
     *
     * @return empty when it did not come in time
     * @throws FailureException when the person stopped waiting
     */
    public Optional<Map<String, String>> await(Duration limit, Cancellation cancellation) throws FailureException {
        try (var _ = cancellation.onCancel(() -> answer.cancel(false))) {
            return Optional.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (CancellationException _) {
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends listening; a page that is still on its way to the browser is not cut off. */
    @Override
    public void close() {
        closeQuietly(listener);
        awaitEnd();
        if (!answer.isDone() || answer.isCancelled()) {
            open.forEach(LoopbackListener::closeQuietly);
        }
    }

    /** Until the thread has left it, the closed listener still takes connections. */
    private void awaitEnd() {
        try {
            accepting.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().name("loopback request").start(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed: nobody is awaited any more.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            String[] request = requestLine(socket.getInputStream()).split(" ", -1);
            String[] target = request.length == 3 ? request[1].split("\\?", 2) : new String[0];
            if (target.length == 2 && request[0].equals("GET") && target[0].equals(path)) {
                Map<String, String> parameters = parameters(target[1]);
                send(socket, "200 OK", page.of(parameters));
                answer.complete(parameters);
            } else {
                send(socket, "404 Not Found", "");
            }
        } catch (IOException _) {
            // A browser that went away, or one that connected ahead and has nothing to say.
        } finally {
            open.remove(socket);
        }
    }

    /** The first line, once the whole head has come, so that the browser is not answered before it has finished. */
    private static String requestLine(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static void send(Socket socket, String status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decoded(pair[0]),
                        pair -> pair.length == 2 ? decoded(pair[1]) : "",
                        (first, _) -> first));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static void closeQuietly(Closeable target) {
        try {
            target.close();
        } catch (IOException _) {
            // It was closed already, or never will be; nobody is told anything by that.
        }
    }
}
