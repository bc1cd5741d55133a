package org.posthorn.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.client.LoginGuard;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.bulk.SendingMany;
import org.posthorn.mailbox.bulk.SendingManyResult;
import org.posthorn.mailbox.bulk.SentMessage;
import org.posthorn.mailbox.bulk.SentMessage.Outcome;
import picocli.CommandLine.Option;

/**
 * {@code posthorn send --count}: the message many times, each with a Message-ID of its own, over several connections. Beside
 * what every heavy work prints, the object of {@code --json} holds accepted, partly, refused, unknown, notSent (how many) and
 * messages (number, messageId, outcome, serverText).
 */
final class SendMany {
    private static final int MOST = 100_000;

    @Option(
            names = "--count",
            paramLabel = "NUMBER",
            description =
                    "Sends the message so many times, each with its own Message-ID, over several connections where"
                            + " --connections says so.")
    private @Nullable Integer count;

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            description = "The largest --count that is not taken for a slip, 100 by default.")
    private int most = 100;

    boolean isAsked() {
        return count != null;
    }

    /** How many messages go out; one where nothing else is asked for. */
    int count() {
        return count == null ? 1 : count;
    }

    /** Ends the command where the number cannot be meant. */
    void check(boolean roundTrip) {
        if (most < 1 || most > MOST) {
            throw new UsageMistake("--most takes a number from 1 to 100000.");
        }
        if (count() < 1 || count() > most) {
            throw new UsageMistake(
                    "--count takes a number from 1 to " + most + (most < MOST ? "; --most allows more." : "."));
        }
        if (isAsked() && roundTrip) {
            throw new UsageMistake("--count sends many messages, and a round trip follows one: leave out --count, or"
                    + " --round-trip and --find-imap or --find-pop3.");
        }
    }

    int run(HeavyWork work, MessageDraft draft, Interruption interruption, OutputOptions output, Console console) {
        ProgressLines progress = work.progress();
        return work.run(
                client -> new SendingMany(client, draft, count(), Clock.systemUTC())
                        .run(interruption.cancellation(), progress),
                SendingManyResult::end,
                (result, guard) -> {
                    if (output.json()) {
                        JsonText.print(json(result, guard), console.out());
                    } else {
                        print(result, new Paper(console.out()));
                    }
                });
    }

    private static Map<String, Object> json(SendingManyResult result, LoginGuard guard) {
        Map<String, Object> json = WorkReport.head(result.end());
        for (Outcome outcome : Outcome.values()) {
            json.put(outcome.word(), result.count(outcome));
        }
        json.put("messages", result.messages().stream().map(SendMany::json).toList());
        WorkReport.finish(json, result.end(), guard);
        return json;
    }

    private static Map<String, Object> json(SentMessage message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", message.number());
        json.put("messageId", message.messageId());
        json.put("outcome", message.outcome().word());
        json.put("serverText", message.serverText());
        return json;
    }

    private static void print(SendingManyResult result, Paper paper) {
        CheckReport.printSession(result.end().session(), paper);
        StringBuilder done = new StringBuilder(ProgressLines.count(result.count(Outcome.ACCEPTED)) + " of "
                + ProgressLines.count(result.messages().size()) + " messages accepted.");
        tell(done, result.count(Outcome.PARTLY), "accepted, but not for every recipient.");
        tell(done, result.count(Outcome.REFUSED), "refused.");
        tell(done, result.count(Outcome.UNKNOWN), "unknown: sent and not answered, and not sent again.");
        tell(done, result.count(Outcome.NOT_SENT), "not sent.");
        WorkReport.print(result.end(), done.toString(), paper);
    }

    private static void tell(StringBuilder done, long count, String what) {
        if (count > 0) {
            done.append(' ').append(ProgressLines.count(count)).append(' ').append(what);
        }
    }
}
