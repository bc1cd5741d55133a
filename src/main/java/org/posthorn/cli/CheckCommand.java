package org.posthorn.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Durations;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Secret;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.SystemBrowser;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.SecretMask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code posthorn check}: one endpoint, from the look-up to the log-out. */
@Command(
        name = "check",
        description = "Connects, logs in, lists the capabilities and logs out.",
        customSynopsis = "posthorn check --imap|--pop3|--smtp HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {"", "For example: posthorn check --imap mail.example.org --user alice --password-env MAIL_PASSWORD"})
final class CheckCommand implements Callable<Integer> {
    private static final List<Phase> STOPS = List.of(Phase.values());

    private final Console console;
    private final Interruption interruption;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Option(names = "--stop-after", paramLabel = "PHASE", description = "Ends in order after this phase.")
    private @Nullable String stopAfter;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            description =
                    "When all is well, keeps the connections open so long, checks them at the checkup period and says"
                            + " how they fared.")
    private @Nullable String hold;

    @Mixin
    private OutputOptions output = new OutputOptions();

    CheckCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        Paper err = new Paper(console.err());
        Optional<Duration> span = span();
        Optional<Secret> passphrase = options.passphrase(console);
        SavedAccounts accounts = options.accounts(console, passphrase, err);
        Endpoint endpoint = options.endpoint(console, accounts);
        CheckOptions check = new CheckOptions(options.login(), stop(endpoint))
                .alsoHiding(passphrase.stream().toList());
        options.requireMailbox(endpoint);
        EndpointOptions.complain(endpoint, err);
        return interruption
                .during(() -> check(endpoint, check, span, accounts, err))
                .number();
    }

    /** How long to keep connections open after the check; absent for not at all. */
    private Optional<Duration> span() {
        return Optional.ofNullable(hold)
                .map(typed -> Durations.parse(typed)
                        .orElseThrow(() -> new UsageMistake("--hold takes a time such as 30s or 5m.")));
    }

    private Optional<Phase> stop(Endpoint endpoint) {
        Optional<Phase> phase = Optional.ofNullable(stopAfter)
                .map(word -> ServerOptions.choice("--stop-after", word, STOPS, Phase::word));
        if (phase.equals(Optional.of(Phase.TUNNEL)) && endpoint.proxy().isEmpty()) {
            throw new UsageMistake("--stop-after tunnel goes with --proxy.");
        }
        return phase;
    }

    private Browser browser(Endpoint endpoint, CheckOptions check) {
        return SystemBrowser.of(
                System.getProperty("os.name", ""),
                console.environment(),
                new SecretMask(Stream.concat(endpoint.secrets().stream(), check.alsoSecret().stream())
                        .toList()));
    }

    private ExitCode check(
            Endpoint endpoint, CheckOptions check, Optional<Duration> span, SavedAccounts accounts, Paper err) {
        Caution caution = new Caution(
                SavedAccounts.places(console.environment()).refusedLogins(), Clock.system(ZoneId.systemDefault()));
        boolean told = caution.tell(endpoint, err);
        try (Checker checker =
                new Checker(output, endpoint.log(), console.environment(), err, browser(endpoint, check))) {
            CheckResult result = checker.run(endpoint, check, interruption.cancellation());
            caution.guard().heard(endpoint, result.timeline());
            RenewedTokens tokens = new RenewedTokens(checker, accounts);
            tokens.keep(endpoint);
            Optional<List<Holding.Held>> held = hold(result, check, span, checker);
            tokens.keep(endpoint);
            show(result, held, caution.guard());
            if (!told) {
                caution.tell(endpoint, err);
            }
            if (console.out().checkError()) {
                err.line("posthorn: the result could not be written to standard output.");
                return ExitCode.WRONG_USAGE;
            }
            return exitCode(result, held.orElse(List.of()));
        }
    }

    private Optional<List<Holding.Held>> hold(
            CheckResult result, CheckOptions check, Optional<Duration> span, Checker checker) {
        return span.filter(_ -> result.outcome() == CheckOutcome.READY)
                .map(time -> checker.hold(result.endpoint(), check, time, interruption.cancellation()));
    }

    private void show(CheckResult result, Optional<List<Holding.Held>> held, LoginGuard guard) {
        List<Finding> findings = Diagnosis.of(
                result.endpoint(), result.timeline(), field -> OptionNames.beside(field, result.endpoint()));
        if (output.json()) {
            Map<String, Object> json = CheckJson.of(result, findings, guard);
            held.ifPresent(connections -> json.put("connections", HeldConnections.json(connections)));
            JsonText.print(json, console.out());
        } else {
            CheckReport.print(result, findings, new Paper(console.out()));
            held.ifPresent(connections -> HeldConnections.print(connections, new Paper(console.out())));
        }
    }

    private ExitCode exitCode(CheckResult result, List<Holding.Held> held) {
        if (!held.isEmpty() && interruption.cancellation().isCancelled()) {
            return ExitCode.INTERRUPTED;
        }
        boolean lost = held.stream().anyMatch(Holding.Held::isLost);
        return lost ? ExitCode.of(CheckOutcome.FAILED) : ExitCode.of(result.outcome());
    }
}
