package org.posthorn.desktop.viewmodel.connection;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.posthorn.account.Endpoint;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import org.posthorn.client.Check;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.smtp.Submission;
import org.posthorn.mailbox.FindingOptions;
import org.posthorn.mailbox.MessageTest;
import org.posthorn.mailbox.RoundTrip;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingListener;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;
import org.posthorn.wire.LogFile;
import org.posthorn.wire.WireLog;

/** Runs tests with the engine, each on a thread of its own. */
public final class CheckConnector implements Connector {
    private final Check check;
    private final TokenProviders providers;
    private final LogFiles files;
    private final Executor threads;
    private final Supplier<ScheduledExecutorService> timers;

    /** A connector whose clients have a timer of their own each. */
    public CheckConnector(
            Check check,
            TokenProviders providers,
            WireLog log,
            Function<LogSettings, Optional<LogFile>> files,
            Executor threads) {
        this(
                check,
                providers,
                log,
                files,
                threads,
                () -> Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("posthorn-checkup").factory()));
    }

    /**
     * A connector of one log.
     *
     * @param providers from which the check gets its tokens
     * @param log where the check writes its lines
     * @param files opens the log file that an endpoint's settings ask for
     * @param threads runs each test, which blocks until it has ended
     * @param timers makes what reminds a client of its checkup; the client ends it
     */
    public CheckConnector(
            Check check,
            TokenProviders providers,
            WireLog log,
            Function<LogSettings, Optional<LogFile>> files,
            Executor threads,
            Supplier<ScheduledExecutorService> timers) {
        this.check = check;
        this.providers = providers;
        this.files = new LogFiles(log, files);
        this.threads = threads;
        this.timers = timers;
    }

    @Override
    public void renewToken(Endpoint endpoint) {
        if (endpoint.login() instanceof Login.TokenProvider login) {
            providers.renew(login.user(), login.settings());
        }
    }

    @Override
    public Optional<Renewal> renewal(Endpoint endpoint) {
        if (endpoint.login() instanceof Login.TokenProvider login) {
            Secret now = providers.current(login.user(), login.settings()).refreshToken();
            return now.equals(login.settings().refreshToken())
                    ? Optional.empty()
                    : Optional.of(new Renewal(login, now));
        }
        return Optional.empty();
    }

    @Override
    public Session connect(Endpoint endpoint, SessionListener listener) {
        Cancellation cancellation = new Cancellation();
        threads.execute(() -> run(endpoint, cancellation, listener));
        return cancellation::cancel;
    }

    @Override
    public Session send(MessageOrder order, MessageListener listener) {
        Cancellation cancellation = new Cancellation();
        threads.execute(() -> send(order, cancellation, listener));
        return cancellation::cancel;
    }

    @Override
    public LiveClient client(Endpoint endpoint, LiveClientListener listener) {
        return new EngineClient(
                endpoint, check.connector(), timers.get(), files.use(endpoint.log()), threads, listener);
    }

    private void send(MessageOrder order, Cancellation cancellation, MessageListener listener) {
        try {
            SendingResult sent = logged(
                    order.sender(),
                    listener::logFileStopped,
                    () -> new MessageTest(check.connector(), Clock.systemUTC())
                            .run(
                                    order.sender(),
                                    order.draft(),
                                    CheckOptions.complete(),
                                    cancellation,
                                    new Live(listener)));
            listener.sent(sent);
            if (sent.isUnderWay() && order.mailbox().isPresent()) {
                Endpoint mailbox = order.mailbox().get();
                listener.found(logged(mailbox, listener::logFileStopped, () -> find(mailbox, sent, cancellation)));
            }
            listener.ended();
        } catch (RuntimeException | Error bug) {
            listener.broke(bug);
        }
    }

    private RoundTripResult find(Endpoint mailbox, SendingResult sent, Cancellation cancellation) {
        return new RoundTrip(check.connector())
                .find(
                        mailbox,
                        sent.message().orElseThrow().mark(),
                        sent.ended(),
                        FindingOptions.defaults(),
                        CheckOptions.complete(),
                        cancellation,
                        _ -> {});
    }

    private record Live(MessageListener listener) implements SendingListener {
        @Override
        public void connecting(Timeline timeline) {}

        @Override
        public void sending(Submission submission) {
            listener.sending(submission);
        }
    }

    // Whatever else is thrown is a bug, and must be shown as one instead of ending a thread unseen.
    private void run(Endpoint endpoint, Cancellation cancellation, SessionListener listener) {
        try {
            listener.ended(logged(
                    endpoint,
                    listener::logFileStopped,
                    () -> check.run(endpoint, CheckOptions.complete(), cancellation, listener::progressed)
                            .timeline()));
        } catch (RuntimeException | Error bug) {
            listener.broke(bug);
        }
    }

    /** A log file that cannot be written takes nothing from the test. */
    private <T> T logged(Endpoint endpoint, Consumer<String> stopped, Supplier<T> test) {
        LogFiles.Use file = files.use(endpoint.log());
        try {
            return test.get();
        } finally {
            file.close();
            file.problem().ifPresent(stopped);
        }
    }
}
