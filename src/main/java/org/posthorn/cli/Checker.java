package org.posthorn.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.posthorn.account.Endpoint;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;
import org.posthorn.client.Check;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckResult;
import org.posthorn.client.Connector;
import org.posthorn.client.EmailClient;
import org.posthorn.client.NetworkWatch;
import org.posthorn.mailbox.FindingOptions;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.MessageMark;
import org.posthorn.mailbox.MessageTest;
import org.posthorn.mailbox.RoundTrip;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.LogFile;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/** Runs checks for the commands, with the log going where the options say. */
final class Checker implements AutoCloseable {
    /** Nobody looks back in the terminal: the lines go out as they come. */
    private static final int KEPT_LINES = 256;

    private final Network network;
    private final WireLog log = new WireLog(Clock.systemUTC(), KEPT_LINES);
    private final TokenProviders providers;
    private final Connector connector;
    private final List<WireLog.Subscription> subscriptions = new ArrayList<>();
    private final Optional<LogFile> file;
    private final Paper err;

    Checker(OutputOptions output, LogSettings logging, Map<String, String> environment, Paper err, Browser browser) {
        LogSettings wanted = output.log(logging);
        this.network = Network.system(environment);
        this.err = err;
        this.providers = new TokenProviders(Machine.with(browser));
        this.connector = new Connector(
                network,
                TrustAnchors.ofMachine(System.getProperty("os.name"), environment),
                log,
                Clock.systemUTC(),
                providers);
        this.file = LogFile.of(wanted, SavedAccounts.places(environment).log(), Clock.system(ZoneId.systemDefault()));
        file.ifPresent(each -> subscriptions.add(log.subscribe(each)));
        if (output.verbose()) {
            subscriptions.add(log.subscribe(event -> err.line(line(event))));
        }
    }

    private static String line(WireEvent event) {
        return "#" + event.connection() + " " + event.direction().mark() + " " + event.text();
    }

    CheckResult run(Endpoint endpoint, CheckOptions options, Cancellation cancellation) {
        return new Check(connector).run(endpoint, options, cancellation, new SignInPrompt(err));
    }

    SendingResult send(Endpoint endpoint, MessageDraft draft, CheckOptions options, Cancellation cancellation) {
        var prompt = new SignInPrompt(err);
        return new MessageTest(connector, Clock.systemUTC())
                .run(endpoint, draft, options, cancellation, prompt::accept);
    }

    RoundTripResult find(
            Endpoint endpoint,
            MessageMark mark,
            long accepted,
            FindingOptions finding,
            CheckOptions options,
            Cancellation cancellation) {
        return new RoundTrip(connector)
                .find(endpoint, mark, accepted, finding, options, cancellation, new SignInPrompt(err));
    }

    /** Keeps connections of an endpoint open for a while. */
    List<Holding.Held> hold(Endpoint endpoint, CheckOptions options, Duration span, Cancellation cancellation) {
        return new Holding(endpoint, connector, options, cancellation).run(span);
    }

    /**
     * Does something with a client of an endpoint, which ends with it.
     *
     * @param ready hears of each connection that has come further, one call after the other
     */
    <T> T work(Endpoint endpoint, CheckOptions options, Runnable ready, Function<EmailClient, T> work) {
        var prompt = new SignInPrompt(err);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("posthorn-checkup").factory());
        try (EmailClient client = new EmailClient(endpoint, connector, options, timer, connection -> {
                    synchronized (prompt) {
                        prompt.accept(connection.timeline());
                        ready.run();
                    }
                });
                var _ = NetworkWatch.ofMachine(timer, Clock.systemUTC(), client::networkChanged)) {
            return work.apply(client);
        } finally {
            timer.shutdownNow();
        }
    }

    /** The refresh token that is good now for a login. */
    Secret refreshToken(Login.TokenProvider login) {
        return providers.current(login.user(), login.settings()).refreshToken();
    }

    /** Ends the log; a log file that could not be written is told, and takes nothing from the check. */
    @Override
    public void close() {
        subscriptions.forEach(WireLog.Subscription::close);
        file.ifPresent(each -> {
            each.close();
            each.problem().ifPresent(problem -> err.line("posthorn: " + problem));
        });
        network.close();
    }
}
