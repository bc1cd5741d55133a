package org.posthorn.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckResult;
import org.posthorn.client.EmailClient;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.bulk.WorkEnd;
import org.posthorn.oauth.SystemBrowser;
import org.posthorn.wire.SecretMask;

/** What the commands have in common that work over several connections. */
final class HeavyWork {
    private final Console console;
    private final Interruption interruption;
    private final OutputOptions output;
    private final Paper err;
    private final Endpoint endpoint;
    private final CheckOptions login;
    private final SavedAccounts accounts;

    private HeavyWork(
            Console console,
            Interruption interruption,
            OutputOptions output,
            Paper err,
            Endpoint endpoint,
            CheckOptions login,
            SavedAccounts accounts) {
        this.console = console;
        this.interruption = interruption;
        this.output = output;
        this.err = err;
        this.endpoint = endpoint;
        this.login = login;
        this.accounts = accounts;
    }

    /**
     * Reads the options of an endpoint.
     *
     * @param wanted of a saved account that has several endpoints
     */
    static HeavyWork of(
            Console console,
            Interruption interruption,
            EndpointOptions options,
            OutputOptions output,
            Protocol wanted) {
        Paper err = new Paper(console.err());
        Optional<Secret> passphrase = options.passphrase(console);
        SavedAccounts accounts = options.accounts(console, passphrase, err);
        Endpoint endpoint = options.endpoint(wanted, console, accounts);
        options.requireMailbox(endpoint);
        EndpointOptions.complain(endpoint, err);
        CheckOptions login = new CheckOptions(options.login(), Optional.empty())
                .alsoHiding(passphrase.stream().toList());
        return new HeavyWork(console, interruption, output, err, endpoint, login, accounts);
    }

    /**
     * Reads the options of an endpoint that has to be of IMAP.
     *
     * @param what is done by IMAP, in words such as "folders are counted"
     */
    static HeavyWork ofImap(
            Console console, Interruption interruption, EndpointOptions options, OutputOptions output, String what) {
        HeavyWork work = of(console, interruption, options, output, Protocol.IMAP);
        if (work.endpoint.protocol() != Protocol.IMAP) {
            throw new UsageMistake(what + " by IMAP: give --imap HOST[:PORT] or an --account that has one.");
        }
        return work;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** How far the work is, where it is to be told on the way. */
    ProgressLines progress() {
        return new ProgressLines(err, output.json() ? Optional.empty() : Optional.of(Duration.ofSeconds(5)));
    }

    /**
     * Does the work.
     *
     * @param end how it ended
     * @param show prints what came of it
     */
    <R> int run(Function<EmailClient, R> work, Function<R, WorkEnd> end, BiConsumer<R, LoginGuard> show) {
        return run(work, result -> end.apply(result).session(), result -> exitCode(end.apply(result)), show);
    }

    /**
     * Does work that ends in a way of its own.
     *
     * @param session the connection that says how it went
     */
    <R> int run(
            Function<EmailClient, R> work,
            Function<R, CheckResult> session,
            Function<R, ExitCode> exitCode,
            BiConsumer<R, LoginGuard> show) {
        return interruption
                .during(() -> carriedOut(work, session, exitCode, show))
                .number();
    }

    private <R> ExitCode carriedOut(
            Function<EmailClient, R> work,
            Function<R, CheckResult> session,
            Function<R, ExitCode> exitCode,
            BiConsumer<R, LoginGuard> show) {
        Caution caution = new Caution(
                SavedAccounts.places(console.environment()).refusedLogins(), Clock.system(ZoneId.systemDefault()));
        boolean told = caution.tell(endpoint, err);
        var browser = SystemBrowser.of(
                System.getProperty("os.name", ""),
                console.environment(),
                new SecretMask(Stream.concat(endpoint.secrets().stream(), login.alsoSecret().stream())
                        .toList()));
        try (Checker checker = new Checker(output, endpoint.log(), console.environment(), err, browser)) {
            RenewedTokens tokens = new RenewedTokens(checker, accounts);
            R result = checker.work(endpoint, login, () -> tokens.keep(endpoint), work);
            caution.guard().heard(endpoint, session.apply(result).timeline());
            show.accept(result, caution.guard());
            if (!told) {
                caution.tell(endpoint, err);
            }
            if (console.out().checkError()) {
                err.line("posthorn: the result could not be written to standard output.");
                return ExitCode.WRONG_USAGE;
            }
            return exitCode.apply(result);
        }
    }

    private static ExitCode exitCode(WorkEnd end) {
        return switch (end.outcome()) {
            case COMPLETE -> ExitCode.WELL;
            case PARTLY, FAILED -> ExitCode.FAILURE_FOUND;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }

    /** What the connection says that the work began with, or that ended it. */
    static List<Finding> findings(WorkEnd end) {
        return findings(end.session());
    }

    /** What one connection says. */
    static List<Finding> findings(CheckResult session) {
        Endpoint endpoint = session.endpoint();
        return Diagnosis.of(endpoint, session.timeline(), field -> OptionNames.beside(field, endpoint));
    }
}
