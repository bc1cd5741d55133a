package org.posthorn.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.demo.DemoServer;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.oauth.Browser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code posthorn demo}: the same checks against the built-in server. */
@Command(
        name = "demo",
        description =
                "Checks the built-in mail server by IMAP, POP3 and SMTP, in plaintext and with TLS. Nothing to set up.",
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private OutputOptions output = new OutputOptions();

    DemoCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    /** A check with what it means. */
    private record Judged(CheckResult result, List<Finding> findings) {}

    @Override
    public Integer call() {
        return interruption.during(this::checkAll).number();
    }

    private ExitCode checkAll() {
        List<Judged> all = new ArrayList<>();
        try (DemoServer demo = DemoServer.start();
                Checker checker = new Checker(
                        output,
                        LogSettings.defaults(),
                        console.environment(),
                        new Paper(console.err()),
                        Browser.none())) {
            for (Protocol protocol : Protocol.values()) {
                for (TlsMode security : List.of(TlsMode.NONE, TlsMode.IMPLICIT)) {
                    check(demo.endpoint(protocol, security), checker, all);
                }
            }
        }
        CheckOutcome worst = worst(all);
        if (output.json()) {
            JsonText.print(json(all, worst), console.out());
        }
        return ExitCode.of(worst);
    }

    private void check(Endpoint endpoint, Checker checker, List<Judged> all) {
        if (interruption.cancellation().isCancelled()) {
            return;
        }
        CheckResult result = checker.run(endpoint, CheckOptions.complete(), interruption.cancellation());
        List<Finding> findings =
                Diagnosis.of(endpoint, result.timeline(), field -> OptionNames.beside(field, endpoint));
        all.add(new Judged(result, findings));
        if (!output.json()) {
            CheckReport.print(result, findings, new Paper(console.out()));
        }
    }

    private CheckOutcome worst(List<Judged> all) {
        if (interruption.cancellation().isCancelled()) {
            return CheckOutcome.CANCELLED;
        }
        return all.stream()
                .map(judged -> judged.result().outcome())
                .max(CheckOutcome::compareTo)
                .orElse(CheckOutcome.READY);
    }

    private static Map<String, Object> json(List<Judged> all, CheckOutcome worst) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CheckJson.SCHEMA);
        json.put("outcome", CheckJson.word(worst));
        LoginGuard guard = new LoginGuard(Clock.systemUTC());
        json.put(
                "checks",
                all.stream()
                        .map(judged -> CheckJson.of(judged.result(), judged.findings(), guard))
                        .toList());
        return json;
    }
}
