package org.posthorn.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Durations;
import org.posthorn.client.EmailClient;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.watch.MailboxWatch;
import org.posthorn.mailbox.watch.WatchEnd;
import org.posthorn.transport.Cancellation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code posthorn watch}: new messages as they come. */
@Command(
        name = "watch",
        description = {
            "Tells of the messages that come into a folder of an IMAP mailbox, by IDLE, until it is interrupted.",
            "It changes nothing. A connection that is lost is replaced, and what came meanwhile is told then: nothing"
                    + " twice, nothing missing."
        },
        customSynopsis = "posthorn watch --imap HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "IDLE begins anew at the period of --checkup, which also finds a connection that died without a word.",
            "For example: posthorn watch --imap mail.example.org --user alice --password-env MAIL_PASSWORD --for 1h",
            "",
            "--json prints an object a line: event (began, arrived, removed, lost, resumed) with its members, and in"
                    + " the end schema, event ended, outcome (ended, failed), arrived, lost, session and findings."
        })
final class WatchCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--folder", paramLabel = "NAME", description = "The folder to watch, INBOX by default.")
    private String folder = "INBOX";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Ends after this time, such as 90s or 1h; without it an interruption (Ctrl-C) does.")
    private @Nullable String span;

    WatchCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        FolderName.check(folder);
        Optional<Duration> longest = Optional.ofNullable(span).map(WatchCommand::span);
        HeavyWork work = HeavyWork.ofImap(console, interruption, options, output, "a folder is watched");
        WatchReport report = new WatchReport(console, output.json(), folder);
        return work.run(
                client -> watch(client, longest, report),
                WatchEnd::session,
                this::exitCode,
                (end, guard) -> report.ended(end, HeavyWork.findings(end.session()), guard));
    }

    private static Duration span(String typed) {
        return Durations.parse(typed)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new UsageMistake("--for takes a time such as 90s or 1h."));
    }

    private WatchEnd watch(EmailClient client, Optional<Duration> longest, WatchReport report) {
        Cancellation end = new Cancellation();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("posthorn-watch").factory());
        try (var _ = interruption.cancellation().onCancel(end::cancel)) {
            Runnable cancel = end::cancel;
            Optional<Future<?>> reminder =
                    longest.map(limit -> timer.schedule(cancel, limit.toNanos(), TimeUnit.NANOSECONDS));
            WatchEnd watched = new MailboxWatch(client, MailboxName.of(folder), timer).run(end, event -> {
                report.happened(event);
                if (console.out().checkError()) {
                    // Nobody reads it any more.
                    end.cancel();
                }
            });
            reminder.ifPresent(future -> future.cancel(false));
            return watched;
        } finally {
            timer.shutdownNow();
        }
    }

    private ExitCode exitCode(WatchEnd end) {
        if (interruption.cancellation().isCancelled()) {
            return ExitCode.INTERRUPTED;
        }
        return switch (end.outcome()) {
            case ENDED -> ExitCode.WELL;
            case FAILED -> ExitCode.FAILURE_FOUND;
        };
    }
}
