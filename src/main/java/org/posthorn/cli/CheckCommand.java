package org.posthorn.cli;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Secret;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.SystemBrowser;
import org.posthorn.storage.Places;
import org.posthorn.storage.keychain.Keychain;
import org.posthorn.storage.secret.KeychainStore;
import org.posthorn.storage.secret.SecretKeeper;
import org.posthorn.storage.secret.Vault;
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
    private ServerOptions server = new ServerOptions();

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Mixin
    private ProxyOptions proxy = new ProxyOptions();

    @Option(names = "--stop-after", paramLabel = "PHASE", description = "Ends in order after this phase.")
    private @Nullable String stopAfter;

    @Mixin
    private OutputOptions output = new OutputOptions();

    CheckCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        Paper err = new Paper(console.err());
        if (vault.readsInput() && login.readsInput()) {
            throw new UsageMistake("standard input can hold the vault's passphrase or the login's secret, not both.");
        }
        client.hold();
        Optional<Secret> passphrase = vault.passphrase(console);
        SavedAccounts accounts = accounts(passphrase, err);
        Endpoint endpoint = endpoint(accounts);
        CheckOptions options = new CheckOptions(login.login(), stop(endpoint))
                .alsoHiding(passphrase.stream().toList());
        complain(endpoint, err);
        return interruption
                .during(() -> check(endpoint, options, accounts, err))
                .number();
    }

    private Optional<Phase> stop(Endpoint endpoint) {
        Optional<Phase> phase = Optional.ofNullable(stopAfter)
                .map(word -> ServerOptions.choice("--stop-after", word, STOPS, Phase::word));
        if (phase.equals(Optional.of(Phase.TUNNEL)) && endpoint.proxy().isEmpty()) {
            throw new UsageMistake("--stop-after tunnel goes with --proxy.");
        }
        return phase;
    }

    private Endpoint endpoint(SavedAccounts accounts) {
        Endpoint typed = server.endpoint(accounts);
        Endpoint secured = typed.withTls(tls.apply(typed.tls(), console.environment()));
        Endpoint through = proxy.apply(client.apply(connection.apply(secured)), console.environment());
        return login.apply(through, console);
    }

    private SavedAccounts accounts(Optional<Secret> passphrase, Paper err) {
        if (passphrase.isPresent() && !server.isSaved()) {
            throw new UsageMistake("--vault-passphrase goes with --account.");
        }
        Places places = SavedAccounts.places(console.environment());
        Keychain keychain = Keychain.of(System.getProperty("os.name"), console.environment());
        SecretKeeper keeper = new SecretKeeper(new KeychainStore(keychain), new Vault(places.vault()));
        return new SavedAccounts(places, new KeptSecrets(keeper, passphrase, login.lacksSecret(), err));
    }

    private static void complain(Endpoint endpoint, Paper err) {
        for (Problem problem : Problems.of(endpoint)) {
            String sentence = OptionNames.of(problem.field(), endpoint) + ": " + problem.sentence();
            if (problem.isError()) {
                throw new UsageMistake(sentence);
            }
            err.line("posthorn: " + sentence);
        }
    }

    private Browser browser(Endpoint endpoint, CheckOptions options) {
        return SystemBrowser.of(
                System.getProperty("os.name", ""),
                console.environment(),
                new SecretMask(Stream.concat(endpoint.secrets().stream(), options.alsoSecret().stream())
                        .toList()));
    }

    private static void keepRefreshToken(Endpoint endpoint, Checker checker, SavedAccounts accounts) {
        if (endpoint.login() instanceof Login.TokenProvider used) {
            Secret now = checker.refreshToken(used);
            if (!now.equals(used.settings().refreshToken())) {
                accounts.renewed(used, now);
            }
        }
    }

    private ExitCode check(Endpoint endpoint, CheckOptions options, SavedAccounts accounts, Paper err) {
        Caution caution = new Caution(
                SavedAccounts.places(console.environment()).refusedLogins(), Clock.system(ZoneId.systemDefault()));
        boolean told = caution.tell(endpoint, err);
        try (Checker checker =
                new Checker(output, endpoint.log(), console.environment(), err, browser(endpoint, options))) {
            CheckResult result = checker.run(endpoint, options, interruption.cancellation());
            caution.guard().heard(endpoint, result.timeline());
            keepRefreshToken(endpoint, checker, accounts);
            Optional<List<Holding.Held>> held = hold(result, checker);
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

    private Optional<List<Holding.Held>> hold(CheckResult result, Checker checker) {
        return client.hold()
                .filter(_ -> result.outcome() == CheckOutcome.READY)
                .map(span -> checker.hold(result.endpoint(), span, interruption.cancellation()));
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
