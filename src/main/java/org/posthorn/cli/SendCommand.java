package org.posthorn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.LoginGuard;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.oauth.SystemBrowser;
import org.posthorn.wire.SecretMask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code posthorn send}: one composed message, and where it is asked for its way to a mailbox. The object of {@code --json} is
 * described at {@link SendJson}.
 */
@Command(
        name = "send",
        description = {
            "Sends a test message and tells what became of it for each recipient.",
            "With --round-trip it is then found in its mailbox, its way shown, and it alone deleted.",
            "With --count it is sent many times."
        },
        customSynopsis = {"posthorn send --smtp HOST[:PORT] | --account NAME --from ADDRESS --to ADDRESS [OPTION...]"},
        sortOptions = false,
        footer = {
            "",
            "For example: posthorn send --smtp smtp.example.org --user alice --password-env MAIL_PASSWORD"
                    + " --from alice@example.org --to alice@example.org --find-imap imap.example.org",
            "",
            "--json prints schema, endpoint, outcome (sent, partly, refused, uncertain, failed, cancelled), message,"
                + " sender, recipients (address, outcome, code, enhancedCode, serverText), data, accepted, millis,"
                + " session (as check prints it), roundTrip (outcome, millis, folder, hops, deletion) and findings.",
            "With --count it prints schema, endpoint, outcome (complete, partly, failed, cancelled), accepted, partly,"
                    + " refused, unknown, notSent, messages (number, messageId, outcome, serverText), connections,"
                    + " millis, notices, session and findings."
        })
final class SendCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private MessageOptions message = new MessageOptions();

    @Option(
            names = "--yes",
            description = "Sends to more than one recipient, or more than one message, without asking.")
    private boolean yes;

    @Mixin
    private SendMany many = new SendMany();

    @Mixin
    private RoundTripOptions roundTrip = new RoundTripOptions();

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SendCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        many.check(roundTrip.isAsked());
        return many.isAsked() ? sendMany() : sendOne();
    }

    private int sendMany() {
        HeavyWork work = HeavyWork.of(console, interruption, options, output, Protocol.SMTP);
        requireSmtp(work.endpoint());
        MessageDraft draft = message.draft();
        confirm(draft.recipients().size(), new Paper(console.err()));
        return many.run(work, draft, interruption, output, console);
    }

    private static void requireSmtp(Endpoint sender) {
        if (sender.protocol() != Protocol.SMTP) {
            throw new UsageMistake("messages are sent by SMTP: give --smtp HOST[:PORT] or an --account that has one.");
        }
    }

    private int sendOne() {
        Paper err = new Paper(console.err());
        Optional<Secret> passphrase = options.passphrase(console);
        SavedAccounts accounts = options.accounts(console, passphrase, err);
        Endpoint sender = options.endpoint(Protocol.SMTP, console, accounts);
        requireSmtp(sender);
        Optional<Endpoint> mailbox = roundTrip.endpoint(sender, options, console, accounts);
        options.requireMailbox(mailbox.orElse(sender));
        MessageDraft draft = message.draft();
        EndpointOptions.complain(sender, err);
        mailbox.ifPresent(endpoint -> EndpointOptions.complain(endpoint, err));
        CheckOptions login = new CheckOptions(options.login(), Optional.empty())
                .alsoHiding(Stream.concat(
                                passphrase.stream(), mailbox.stream().flatMap(endpoint -> endpoint.secrets().stream()))
                        .toList());
        confirm(draft.recipients().size(), err);
        return interruption
                .during(() -> send(sender, mailbox, draft, login, accounts, err))
                .number();
    }

    /** Mail to many is asked for twice: a mistake in an address list cannot be taken back. */
    private void confirm(int recipients, Paper err) {
        if ((recipients < 2 && many.count() < 2) || yes) {
            return;
        }
        String what = many.isAsked() ? ProgressLines.count(many.count()) + " messages go" : "the message goes";
        String asked = what + " to " + recipients + (recipients == 1 ? " recipient" : " recipients");
        if (output.json() || options.readsInput()) {
            throw new UsageMistake(asked + "; give --yes to send " + (many.isAsked() ? "them." : "it."));
        }
        err.line("posthorn: " + asked + "; send " + (many.isAsked() ? "them" : "it") + "? [y/N]");
        if (!answer().equals("y")) {
            throw new UsageMistake("nothing was sent; answer y, or give --yes.");
        }
    }

    private String answer() {
        try {
            StringBuilder line = new StringBuilder();
            for (int b = console.in().read();
                    b >= 0 && b != '\n';
                    b = console.in().read()) {
                line.append((char) b);
            }
            return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (IOException _) {
            return "";
        }
    }

    private ExitCode send(
            Endpoint sender,
            Optional<Endpoint> mailbox,
            MessageDraft draft,
            CheckOptions login,
            SavedAccounts accounts,
            Paper err) {
        var browser = SystemBrowser.of(
                System.getProperty("os.name", ""),
                console.environment(),
                new SecretMask(Stream.concat(sender.secrets().stream(), login.alsoSecret().stream())
                        .toList()));
        Caution caution = new Caution(
                SavedAccounts.places(console.environment()).refusedLogins(), Clock.system(ZoneId.systemDefault()));
        boolean told = caution.tell(sender, err);
        boolean toldOfMailbox =
                mailbox.filter(endpoint -> caution.tell(endpoint, err)).isPresent();
        try (Checker checker = new Checker(output, sender.log(), console.environment(), err, browser)) {
            SendingResult sent = checker.send(sender, draft, login, interruption.cancellation());
            caution.guard().heard(sender, sent.session().timeline());
            RenewedTokens tokens = new RenewedTokens(checker, accounts);
            tokens.keep(sender);
            Optional<RoundTripResult> found =
                    mailbox.filter(_ -> sent.isUnderWay()).map(endpoint -> find(checker, endpoint, sent, login));
            mailbox.ifPresent(tokens::keep);
            found.ifPresent(trip -> caution.guard()
                    .heard(trip.session().endpoint(), trip.session().timeline()));
            Sent both = new Sent(sent, found);
            print(both, caution.guard());
            if (!told) {
                caution.tell(sender, err);
            }
            mailbox.filter(_ -> !toldOfMailbox).ifPresent(endpoint -> caution.tell(endpoint, err));
            if (console.out().checkError()) {
                err.line("posthorn: the result could not be written to standard output.");
                return ExitCode.WRONG_USAGE;
            }
            return both.exitCode();
        }
    }

    private RoundTripResult find(Checker checker, Endpoint mailbox, SendingResult sent, CheckOptions login) {
        return checker.find(
                mailbox,
                sent.message().orElseThrow().mark(),
                sent.ended(),
                roundTrip.finding(),
                CheckOptions.complete().alsoHiding(login.alsoSecret()),
                interruption.cancellation());
    }

    private void print(Sent sent, LoginGuard guard) {
        if (output.json()) {
            JsonText.print(SendJson.of(sent, guard), console.out());
        } else {
            SendReport.print(sent, new Paper(console.out()));
        }
    }
}
