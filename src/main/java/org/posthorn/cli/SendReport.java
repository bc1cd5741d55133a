package org.posthorn.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.client.smtp.Submission;
import org.posthorn.mailbox.FoundMessage;
import org.posthorn.mailbox.Hop;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;

/** A test message as a person reads it. */
final class SendReport {
    private final Paper paper;

    private SendReport(Paper paper) {
        this.paper = paper;
    }

    static void print(Sent sent, Paper paper) {
        SendReport report = new SendReport(paper);
        CheckReport.printSession(sent.sending().session(), paper);
        sent.sending().message().ifPresent(report::message);
        sent.sending().submission().ifPresent(report::submission);
        report.end(sent.sending());
        sent.roundTrip().ifPresent(report::roundTrip);
        CheckReport.printFindings(sent.findings(), paper);
        sent.roundTrip().ifPresent(trip -> CheckReport.printFindings(Sent.of(trip), paper));
        paper.line("");
    }

    private static String span(Duration span) {
        return span.toSeconds() < 1
                ? PhaseSummary.millis(span).strip()
                : String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1e3);
    }

    private void message(SendingResult.Outline message) {
        paper.line("");
        paper.line("  Message " + message.mark().messageId() + ", " + message.size() + " bytes"
                + (message.eightBit() ? ", 8BITMIME" : "") + (message.utf8() ? ", SMTPUTF8" : ""));
    }

    private void submission(Submission submission) {
        submission.sender().ifPresent(reply -> line("From", reply.isPositive(), "", Optional.of(reply)));
        submission
                .recipients()
                .forEach(
                        recipient -> line("To", recipient.isAccepted(), recipient.address() + "  ", recipient.reply()));
        submission.data().ifPresent(reply -> line("Data", reply.isIntermediate(), "", Optional.of(reply)));
        submission.message().ifPresent(reply -> line("Taken", reply.isPositive(), "", Optional.of(reply)));
    }

    private void line(String what, boolean well, String before, Optional<SmtpReply> reply) {
        String mark = reply.isEmpty() ? "–" : well ? "✓" : "✕";
        String text = reply.map(said -> said.text().replace("\n", " / ")).orElse("not asked");
        paper.line("  " + mark + " " + (what + "     ").substring(0, 6) + " " + before + text);
    }

    private void end(SendingResult result) {
        paper.line("");
        paper.line(
                switch (result.outcome()) {
                    case SENT -> "Sent in " + span(result.elapsed()) + ".";
                    case PARTLY -> "Sent, but not to every recipient.";
                    case REFUSED -> "Not sent.";
                    case UNCERTAIN -> "The connection ended before the server's answer; the message may be delivered.";
                    case FAILED -> "Not sent: the connection failed.";
                    case CANCELLED -> "Interrupted.";
                });
    }

    private void roundTrip(RoundTripResult result) {
        paper.line("");
        String where = result.session().endpoint().protocol() + " "
                + result.session().endpoint().hostName();
        String span = span(result.elapsed());
        paper.line(
                switch (result.outcome()) {
                    case FOUND -> "Found by " + where + " after " + span + ".";
                    case NOT_FOUND -> "Not found by " + where + " within " + span + "; it may come later.";
                    case FAILED -> "The mailbox could not be looked into: " + where + ".";
                    case CANCELLED -> "Interrupted while the message was looked for.";
                });
        result.found().ifPresent(this::found);
    }

    private void found(FoundMessage found) {
        paper.line("  Folder " + found.folder() + "; " + found.deletion().words() + ".");
        found.hops().forEach(this::hop);
    }

    private void hop(Hop hop) {
        String delay = hop.delay().map(span -> "+" + span.toSeconds() + " s").orElse("");
        String with = hop.with().map(word -> " with " + word).orElse("");
        String id = hop.id().map(word -> " id " + word).orElse("");
        paper.line("  • " + (delay + "      ").substring(0, Math.max(6, delay.length())) + " "
                + hop.from().map(from -> from + " → ").orElse("") + hop.by().orElse("?") + with + id);
    }
}
