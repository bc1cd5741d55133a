package org.posthorn.desktop.viewmodel.connection;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.Endpoint;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.Connector;
import org.posthorn.client.EmailClient;
import org.posthorn.client.NetworkWatch;
import org.posthorn.timeline.FailureException;

/**
 * A client of the engine. What blocks runs on threads of an executor, and what is done on a default connection on the one
 * thread to which it belongs, which lives as long as the connection.
 */
final class EngineClient implements LiveClient {
    private final EmailClient client;
    private final ConnectionAssignment assignment;
    private final NetworkWatch network;
    private final ScheduledExecutorService timer;
    private final LogFiles.Use file;
    private final Executor threads;
    private final LiveClientListener listener;
    private final Map<ClientConnection, Held> held = new ConcurrentHashMap<>();
    private final Set<ExecutorService> owners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ownersMade = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param timer reminds of the checkup; it ends with the client
     * @param file the log file, which the client leaves when it is closed
     * @param threads runs what blocks, each time on a thread without a default connection
     */
    EngineClient(
            Endpoint endpoint,
            Connector connector,
            ScheduledExecutorService timer,
            LogFiles.Use file,
            Executor threads,
            LiveClientListener listener) {
        this.assignment = endpoint.connections().assignment();
        this.timer = timer;
        this.file = file;
        this.threads = threads;
        this.listener = listener;
        client = new EmailClient(endpoint, connector, timer, this::hear);
        network = NetworkWatch.ofMachine(timer, Clock.systemUTC(), client::networkChanged);
    }

    @FunctionalInterface
    private interface Task {
        void run() throws FailureException;
    }

    @Override
    public void open(LiveConnection.Kind kind) {
        switch (kind) {
            case MAIN -> threads.execute(() -> open(client::currentConnection, threads, () -> {}));
            case INDEPENDENT -> threads.execute(() -> open(client::createConnection, threads, () -> {}));
            case DEFAULT -> {
                ExecutorService owner = owner();
                owner.execute(() -> open(this::ownConnection, owner, () -> dismiss(owner)));
            }
        }
    }

    /** A thread that waits for what is to be done on its connection; what comes after its end is not done. */
    private ExecutorService owner() {
        ExecutorService owner = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("posthorn-owner-" + ownersMade.incrementAndGet())
                        .factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        owners.add(owner);
        return owner;
    }

    private void dismiss(ExecutorService owner) {
        owners.remove(owner);
        owner.shutdown();
    }

    /** The mode decides whether it is made by hand, or by being asked for. */
    private ClientConnection ownConnection() {
        return assignment == ConnectionAssignment.DEFAULT
                ? client.currentConnection()
                : client.createDefaultConnection();
    }

    private void open(Supplier<ClientConnection> made, Executor runner, Runnable end) {
        try {
            ClientConnection connection = made.get();
            Held opened = held.computeIfAbsent(connection, each -> new Held(each, runner, end));
            listener.changed(opened);
            attempt(opened, () -> connection.run(each -> each));
        } catch (RuntimeException | Error bug) {
            tell(bug, closed.get());
        }
    }

    private void attempt(Held on, Task task) {
        try {
            task.run();
        } catch (FailureException _) {
            // What it was stands in the connection's timeline.
        } catch (RuntimeException | Error bug) {
            tell(bug, on.connection.isClosed());
        }
        file.problem().ifPresent(listener::logFileStopped);
        listener.ended(on);
    }

    /** Whoever is late for a connection that has been closed is told so by an exception, which is no bug. */
    private void tell(Throwable thrown, boolean late) {
        if (!late || !(thrown instanceof IllegalStateException)) {
            listener.broke(thrown);
        }
    }

    private void hear(ClientConnection connection) {
        Optional.ofNullable(held.get(connection)).ifPresent(listener::changed);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            threads.execute(this::leave);
        }
    }

    private void leave() {
        try {
            network.close();
            client.close();
        } finally {
            timer.shutdownNow();
            owners.forEach(ExecutorService::shutdown);
            file.close();
        }
    }

    private final class Held implements LiveConnection {
        private final ClientConnection connection;
        private final Executor runner;
        private final Runnable end;

        Held(ClientConnection connection, Executor runner, Runnable end) {
            this.connection = connection;
            this.runner = runner;
            this.end = end;
        }

        @Override
        public Kind kind() {
            return switch (connection.kind()) {
                case MAIN -> Kind.MAIN;
                case DEFAULT -> Kind.DEFAULT;
                case INDEPENDENT -> Kind.INDEPENDENT;
            };
        }

        @Override
        public Optional<String> thread() {
            return connection.owner().map(Thread::getName);
        }

        @Override
        public Standing now() {
            boolean gone = connection.isClosed() && connection.state().isFinal();
            return new Standing(
                    connection.timeline(),
                    connection.answer().map(answer -> new Answer(answer.at(), answer.roundTrip())),
                    gone);
        }

        @Override
        public void noop() {
            runner.execute(() -> attempt(this, () -> client.noop(connection)));
        }

        @Override
        public void close() {
            if (kind() != Kind.MAIN) {
                threads.execute(this::leave);
            }
        }

        private void leave() {
            connection.close();
            held.remove(connection);
            end.run();
            listener.changed(this);
        }
    }
}
