package org.posthorn.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.client.ClientConnection.Kind;
import org.posthorn.timeline.FailureException;

/**
 * A client of one endpoint and the connections it keeps. Making it does no I/O; closing it closes every connection. Safe for
 * any number of threads.
 */
public final class EmailClient implements AutoCloseable {
    private static final int SECONDS_TO_ANSWER = 5;

    private final Endpoint endpoint;
    private final ConnectionSettings settings;
    private final Connector connector;
    private final CheckOptions options;
    private final OnConnect hook;
    private final ScheduledExecutorService timer;
    private final Consumer<ClientConnection> live;
    private final ClientConnection main;
    private final ConcurrentHashMap<Thread, ClientConnection> defaults = new ConcurrentHashMap<>();
    private final Set<ClientConnection> independent = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<ClientConnection, Thread> watchers = new ConcurrentHashMap<>();
    private final Set<Consumer<NetworkChange>> listeners = ConcurrentHashMap.newKeySet();
    private Optional<ScheduledFuture<?>> checkup = Optional.empty();
    private boolean closed;

    /**
     * A client without a connection.
     *
     * @param timer reminds of the checkup; the checks run on threads of their own
     * @param live hears of each change of a connection, on the thread that made it
     */
    public EmailClient(
            Endpoint endpoint, Connector connector, ScheduledExecutorService timer, Consumer<ClientConnection> live) {
        this(endpoint, connector, CheckOptions.complete(), timer, live);
    }

    /**
     * The same with more to say about its connections.
     *
     * @param options whether they log in, and what is hidden beside the secrets of the endpoint; they are never stopped at a
     *     phase
     */
    public EmailClient(
            Endpoint endpoint,
            Connector connector,
            CheckOptions options,
            ScheduledExecutorService timer,
            Consumer<ClientConnection> live) {
        this(endpoint, connector, options, timer, live, (_, _) -> {});
    }

    /**
     * The same with a say in each connection.
     *
     * @param hook has the first word on it
     */
    public EmailClient(
            Endpoint endpoint,
            Connector connector,
            CheckOptions options,
            ScheduledExecutorService timer,
            Consumer<ClientConnection> live,
            OnConnect hook) {
        this.hook = hook;
        this.endpoint = endpoint;
        this.settings = endpoint.connections();
        this.connector = connector;
        this.options = new CheckOptions(options.login(), Optional.empty(), options.alsoSecret());
        this.timer = timer;
        this.live = live;
        main = new ClientConnection(Kind.MAIN, Optional.empty(), connector, endpoint, this.options, hook, live);
        remind();
    }

    /** Whose connections these are. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * The connection that an operation of this thread uses now. In mode DEFAULT it is made when it is missing, without I/O.
     *
     * @throws IllegalStateException when the client has been closed
     */
    public ClientConnection currentConnection() {
        requireOpen();
        Thread thread = Thread.currentThread();
        return switch (settings.assignment()) {
            case MAIN -> main;
            case MAIN_OR_DEFAULT -> Optional.ofNullable(defaults.get(thread)).orElse(main);
            case DEFAULT -> kept(defaults.computeIfAbsent(thread, this::defaultOf));
        };
    }

    /** Every connection there is; the main one also before its first use. */
    public List<ClientConnection> connections() {
        List<ClientConnection> all = new ArrayList<>();
        if (settings.assignment() != ConnectionAssignment.DEFAULT) {
            all.add(main);
        }
        all.addAll(defaults.values());
        all.addAll(independent);
        return all;
    }

    /**
     * Opens the current connection where it is not open yet, and logs in. Each stage has its limit in the settings.
     *
     * @throws FailureException with the stage, the server's words and what went wrong; the connection's timeline has the rest
     * @throws IllegalStateException when the client has been closed
     */
    public void connect() throws FailureException {
        currentConnection().run(connection -> connection);
    }

    /**
     * Asks the server for nothing (NOOP) on the current connection, which is opened for it.
     *
     * @return the round trip
     * @throws FailureException when it cannot be opened, or no answer came within the operation timeout: the connection is dead
     *     then, and the next use opens another
     * @throws IllegalStateException when the client has been closed
     */
    public Duration noop() throws FailureException {
        return currentConnection().noop();
    }

    /** The same on a given connection. */
    public Duration noop(ClientConnection connection) throws FailureException {
        requireOpen();
        return connection.noop();
    }

    /**
     * What the server announced on the current connection at each stage, which is opened for it; nothing is asked again.
     *
     * @throws FailureException when it cannot be opened
     * @throws IllegalStateException when the client has been closed
     */
    public Capabilities capabilities() throws FailureException {
        return currentConnection().run(connection -> Capabilities.of(connection.timeline()));
    }

    /**
     * Makes an independent connection, used only where it is passed, in every mode. It is opened by its first use.
     *
     * @throws IllegalStateException when the client has been closed
     */
    public ClientConnection createConnection() {
        ClientConnection made = new ClientConnection(
                Kind.INDEPENDENT, Optional.empty(), connector, endpoint, options, hook, this::hear);
        independent.add(made);
        return kept(made);
    }

    /**
     * Makes this thread's default connection. It ends when it is closed, at the latest with its thread: a thread of a pool,
     * which outlives its task, closes it itself.
     *
     * @throws IllegalStateException when the mode has no default connections made by hand, this thread has one, or the client
     *     has been closed
     */
    public ClientConnection createDefaultConnection() {
        if (settings.assignment() != ConnectionAssignment.MAIN_OR_DEFAULT) {
            throw new IllegalStateException(
                    "default connections are made by hand in mode MAIN_OR_DEFAULT alone, not in "
                            + settings.assignment());
        }
        Thread thread = Thread.currentThread();
        if (defaults.containsKey(thread)) {
            throw new IllegalStateException("this thread has a default connection already");
        }
        ClientConnection made = defaultOf(thread);
        defaults.put(thread, made);
        return kept(made);
    }

    /** Ends this thread's default connection, if it has one: what a thread of a pool does at the end of its task. */
    public void endDefaultConnection() {
        Optional.ofNullable(defaults.get(Thread.currentThread())).ifPresent(ClientConnection::close);
    }

    private ClientConnection defaultOf(Thread owner) {
        ClientConnection made =
                new ClientConnection(Kind.DEFAULT, Optional.of(owner), connector, endpoint, options, hook, this::hear);
        Thread watcher = Thread.ofVirtual().name("posthorn-default-connection").unstarted(() -> closeWith(owner, made));
        watchers.put(made, watcher);
        watcher.start();
        return made;
    }

    private void closeWith(Thread owner, ClientConnection connection) {
        try {
            owner.join();
            connection.close();
        } catch (InterruptedException _) {
            // The connection was closed before its thread ended.
        }
    }

    /** A connection that was closed by hand is forgotten. */
    private void hear(ClientConnection connection) {
        if (connection.isClosed()) {
            independent.remove(connection);
            connection.owner().ifPresent(thread -> defaults.remove(thread, connection));
            Optional.ofNullable(watchers.remove(connection)).ifPresent(Thread::interrupt);
        }
        live.accept(connection);
    }

    private synchronized void remind() {
        if (!closed && settings.checkup().isPositive()) {
            checkup = Optional.of(
                    timer.schedule(this::checkAll, settings.checkup().toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    /** Each on a thread of its own: one that does not answer holds up no other. */
    private void checkAll() {
        connections().forEach(connection -> Thread.ofVirtual().start(connection::check));
        remind();
    }

    /**
     * Takes note that connections may be dead without a word: one from an address that this machine has lost is given up at once,
     * one that is idle when the machine wakes has {@value #SECONDS_TO_ANSWER} seconds to answer a check.
     */
    public void networkChanged(NetworkChange change) {
        listeners.forEach(listener -> listener.accept(change));
        for (ClientConnection connection : connections()) {
            switch (change) {
                case NetworkChange.AddressesGone gone ->
                    connection
                            .localAddress()
                            .filter(gone.addresses()::contains)
                            .ifPresent(_ -> connection.abandon(gone.words()));
                case NetworkChange.Woke woke -> {
                    if (connection.isIdle()) {
                        checkAfterSleep(connection, woke.words());
                    }
                }
            }
        }
    }

    private void checkAfterSleep(ClientConnection connection, String why) {
        Runnable giveUp = () -> Thread.ofVirtual().start(() -> connection.abandon(why));
        ScheduledFuture<?> limit = timer.schedule(giveUp, SECONDS_TO_ANSWER, TimeUnit.SECONDS);
        Thread.ofVirtual().start(() -> {
            connection.check();
            limit.cancel(false);
        });
    }

    /** The end of an interest in changes of the network. */
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /** Tells one who is using a connection, which the client leaves alone when the machine wakes. */
    public Listening onNetworkChange(Consumer<NetworkChange> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client has been closed");
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** One that is made while the client is being closed must not outlive it. */
    private ClientConnection kept(ClientConnection made) {
        if (isClosed()) {
            made.close();
            throw new IllegalStateException("the client has been closed");
        }
        return made;
    }

    /** Closes every connection and returns when all are closed; what is under way on them ends as cancelled. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            checkup.ifPresent(next -> next.cancel(false));
        }
        // Together: a server that lets one farewell wait lets all of them wait.
        try (ExecutorService farewells = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.of(List.of(main), defaults.values(), independent)
                    .flatMap(Collection::stream)
                    .forEach(connection -> farewells.execute(connection::close));
        }
    }
}
