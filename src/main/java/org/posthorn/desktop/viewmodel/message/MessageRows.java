package org.posthorn.desktop.viewmodel.message;

import java.util.List;
import org.posthorn.client.smtp.Submission;
import org.posthorn.desktop.viewmodel.connection.Elapsed;
import org.posthorn.desktop.viewmodel.message.MessageOutcome.Meaning;
import org.posthorn.mailbox.FoundMessage;
import org.posthorn.mailbox.Hop;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;

/** What became of a test message, in words. */
final class MessageRows {
    private MessageRows() {}

    static List<RecipientRow> recipients(Submission submission) {
        return submission.recipients().stream().map(MessageRows::recipient).toList();
    }

    private static RecipientRow recipient(Submission.Recipient recipient) {
        RecipientRow.Verdict verdict = recipient.isAccepted()
                ? RecipientRow.Verdict.ACCEPTED
                : recipient.reply().isPresent() ? RecipientRow.Verdict.REFUSED : RecipientRow.Verdict.WAITING;
        return new RecipientRow(
                recipient.address(),
                verdict,
                recipient.reply().map(reply -> reply.text().replace("\n", " ")).orElse(""));
    }

    static MessageOutcome outcome(SendingResult result) {
        String span = Elapsed.text(result.elapsed());
        String size = result.message()
                .map(message -> ", " + message.size() + " bytes")
                .orElse("");
        return switch (result.outcome()) {
            case SENT -> new MessageOutcome(Meaning.GOOD, "Sent in " + span + size + ".");
            case PARTLY -> new MessageOutcome(Meaning.PARTLY, "Sent, but not to every recipient.");
            case REFUSED -> new MessageOutcome(Meaning.BAD, "Not sent.");
            case UNCERTAIN ->
                new MessageOutcome(
                        Meaning.BAD, "The connection ended before the server's answer; the message may be delivered.");
            case FAILED -> new MessageOutcome(Meaning.BAD, "Not sent: the connection failed.");
            case CANCELLED -> new MessageOutcome(Meaning.NEITHER, "Stopped before the message was sent.");
        };
    }

    static MessageOutcome outcome(RoundTripResult result) {
        String span = Elapsed.text(result.elapsed());
        return switch (result.outcome()) {
            case FOUND ->
                new MessageOutcome(
                        Meaning.GOOD,
                        "Arrived within " + span + " in "
                                + result.found().map(FoundMessage::folder).orElse("") + "; "
                                + result.found()
                                        .map(found -> found.deletion().words())
                                        .orElse("")
                                + ".");
            case NOT_FOUND -> new MessageOutcome(Meaning.BAD, "Not there after " + span + "; it may come later.");
            case FAILED -> new MessageOutcome(Meaning.BAD, "The mailbox could not be looked into.");
            case CANCELLED -> new MessageOutcome(Meaning.NEITHER, "Stopped; the message is on its way.");
        };
    }

    static List<HopRow> hops(RoundTripResult result) {
        return result.found().map(FoundMessage::hops).orElse(List.of()).stream()
                .map(MessageRows::hop)
                .toList();
    }

    private static HopRow hop(Hop hop) {
        return new HopRow(
                hop.delay()
                        .map(span -> (span.isNegative() ? "" : "+") + span.toSeconds() + " s")
                        .orElse(""),
                hop.from().orElse(""),
                hop.by().orElse(""),
                hop.with().orElse(""),
                hop.id().orElse(""));
    }
}
